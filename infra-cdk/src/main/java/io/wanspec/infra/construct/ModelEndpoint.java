package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Device;
import io.wanspec.infra.settings.EndpointPlan;
import io.wanspec.infra.settings.OpenHours;
import io.wanspec.infra.settings.Profile;
import io.wanspec.infra.settings.ServedFiles;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.applicationautoscaling.BasicTargetTrackingScalingPolicyProps;
import software.amazon.awscdk.services.applicationautoscaling.PredefinedMetric;
import software.amazon.awscdk.services.applicationautoscaling.ScalableTarget;
import software.amazon.awscdk.services.applicationautoscaling.ServiceNamespace;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.ecr.assets.DockerImageAsset;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.sagemaker.CfnEndpoint;
import software.amazon.awscdk.services.sagemaker.CfnEndpointConfig;
import software.amazon.awscdk.services.sagemaker.CfnModel;
import software.constructs.Construct;

/** A model behind a SageMaker endpoint: its role, its container, how it scales, and how a new version takes over. */
public final class ModelEndpoint extends Construct {
    private static final String VARIANT = "all";

    /** Seconds. Loading a large model from S3 takes its time. */
    private static final int START_MAX = 1800;

    /** Links last 30 minutes at most, so that long a replaced version is kept for the sessions that it has. */
    private static final int DRAIN = 1800;

    /** Seconds for which a new version is looked at. */
    private static final int BAKE = 300;

    private final String name;
    private final EndpointPlan plan;
    private final CfnEndpointConfig config;
    private final CfnEndpoint endpoint;
    private final @Nullable DockerImageAsset built;

    /** @param role what it serves: {@code target} or {@code draft} */
    public ModelEndpoint(
            Construct scope,
            String id,
            String name,
            String role,
            EndpointPlan plan,
            Profile profile,
            @Nullable IKey key,
            AlarmTopic alarms) {
        this(
                scope,
                id,
                name,
                environment(role, plan),
                plan,
                profile,
                replacement(BAKE, profile.keepsData() ? DRAIN : 0),
                key,
                alarms);
    }

    private ModelEndpoint(
            Construct scope,
            String id,
            String name,
            Map<String, String> environment,
            EndpointPlan plan,
            Profile profile,
            CfnEndpoint.BlueGreenUpdatePolicyProperty replacement,
            @Nullable IKey key,
            AlarmTopic alarms) {
        super(scope, id);
        this.name = name;
        this.plan = plan;
        this.built = plan.model().isBuilt()
                ? EndpointImages.of(this, "Image", plan.model().device())
                : null;
        LogGroup logs = Keeping.logs(this, "Logs", "/aws/sagemaker/Endpoints/" + name, profile, key);
        CfnModel model = model(environment, executionRole(logs));
        this.config = config(model);
        this.endpoint = CfnEndpoint.Builder.create(this, "Endpoint")
                .endpointName(name)
                .endpointConfigName(config.getAttrEndpointConfigName())
                .deploymentConfig(deployment(replacement, errors(alarms)))
                .build();
        endpoint.getNode().addDependency(logs);
        if (plan.instances().scales()) {
            scale(endpoint);
        }
        latency(alarms);
    }

    /**
     * What has no model, and one instance. When it is replaced its streams end at once: they begin anew at its successor, where all are to meet.
     */
    static ModelEndpoint relay(
            Construct scope,
            String id,
            String name,
            Map<String, String> environment,
            EndpointPlan plan,
            Profile profile,
            @Nullable IKey key,
            AlarmTopic alarms) {
        return new ModelEndpoint(scope, id, name, environment, plan, profile, replacement(0, 0), key, alarms);
    }

    /** Outside of these hours it is taken down; the alarms tell when that fails. */
    public void open(OpenHours hours, @Nullable IKey key, AlarmTopic alarms) {
        new OpeningTimes(this, name, endpoint, config, hours, key, alarms);
    }

    private Role executionRole(LogGroup logs) {
        ServedFiles served = plan.model();
        Role role = Role.Builder.create(this, "Role")
                .assumedBy(new PrincipalWithConditions(
                        new ServicePrincipal("sagemaker.amazonaws.com"),
                        Map.of(
                                "StringEquals",
                                Map.of("aws:SourceAccount", Stack.of(this).getAccount()))))
                .description("What the endpoint " + name + " may do: fetch its image"
                        + (served.files() == null ? "" : " and its model") + ", write logs and metrics")
                .build();
        if (served.files() != null) {
            role.addToPolicy(Allow.on(served.filesArn(), "s3:GetObject"));
        }
        role.addToPolicy(Allow.on(
                built == null ? served.repositoryArn() : built.getRepository().getRepositoryArn(),
                "ecr:BatchCheckLayerAvailability",
                "ecr:BatchGetImage",
                "ecr:GetDownloadUrlForLayer"));
        role.addToPolicy(Allow.on(
                logs.getLogGroupArn(), "logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"));
        role.addToPolicy(Allow.everywhere(Reason.REGISTRY_TOKEN));
        role.addToPolicy(Allow.everywhere(
                Reason.METRICS,
                Map.of("StringLike", Map.of("cloudwatch:namespace", List.of("AWS/SageMaker*", "/aws/sagemaker/*")))));
        Reason.accept(role, Reason.REGISTRY_TOKEN, Reason.METRICS);
        return role;
    }

    /** Without a network of its own: the model server asks nobody anything. */
    private CfnModel model(Map<String, String> environment, Role role) {
        CfnModel model = CfnModel.Builder.create(this, "Model")
                .executionRoleArn(role.getRoleArn())
                .enableNetworkIsolation(true)
                .primaryContainer(CfnModel.ContainerDefinitionProperty.builder()
                        .image(built == null ? plan.model().image() : built.getImageUri())
                        .modelDataUrl(plan.model().files())
                        .environment(environment)
                        .build())
                .build();
        // SageMaker tries the role when the model is made.
        model.getNode().addDependency(role);
        return model;
    }

    private static Map<String, String> environment(String serves, EndpointPlan plan) {
        Device device = plan.model().device();
        return Map.of(
                "WANSPEC_ROLE",
                serves,
                "WANSPEC_DEVICE",
                device.word(),
                "WANSPEC_PRECISION",
                precision(serves, device));
    }

    /** As the model server would choose by itself on a processor, said so that a reviewer sees a change. */
    private static String precision(String serves, Device device) {
        if (device == Device.GPU) {
            return "fp32";
        }
        return serves.equals("target") ? "rotated" : "int8";
    }

    private CfnEndpointConfig config(CfnModel model) {
        return CfnEndpointConfig.Builder.create(this, "Config")
                .productionVariants(List.of(CfnEndpointConfig.ProductionVariantProperty.builder()
                        .variantName(VARIANT)
                        .modelName(model.getAttrModelName())
                        .instanceType(plan.instances().type())
                        .initialInstanceCount(plan.instances().min())
                        .initialVariantWeight(1)
                        .containerStartupHealthCheckTimeoutInSeconds(START_MAX)
                        .modelDataDownloadTimeoutInSeconds(START_MAX)
                        .routingConfig(CfnEndpointConfig.RoutingConfigProperty.builder()
                                .routingStrategy("LEAST_OUTSTANDING_REQUESTS")
                                .build())
                        .build()))
                .build();
    }

    private Alarm errors(AlarmTopic alarms) {
        return alarms.above(
                name + "-errors",
                "The endpoint " + name + " answers with errors of its own.",
                metric("Invocation5XXErrors", "Sum"),
                5,
                1);
    }

    private void latency(AlarmTopic alarms) {
        // Microseconds. A duplex link counts as one invocation, however long; so this is about single calls.
        alarms.above(
                name + "-overhead",
                "SageMaker adds more than 100 ms to calls of " + name + ": too few instances, or a busy region.",
                metric("OverheadLatency", "p90"),
                100_000,
                3);
    }

    private Metric metric(String metric, String statistic) {
        return AlarmTopic.metric(
                "AWS/SageMaker", metric, statistic, Map.of("EndpointName", name, "VariantName", VARIANT));
    }

    /**
     * A new version beside the old one.
     *
     * @param bake seconds in which it may go back
     * @param drain seconds for which the old one is kept
     */
    private static CfnEndpoint.BlueGreenUpdatePolicyProperty replacement(int bake, int drain) {
        return CfnEndpoint.BlueGreenUpdatePolicyProperty.builder()
                .trafficRoutingConfiguration(CfnEndpoint.TrafficRoutingConfigProperty.builder()
                        .type("ALL_AT_ONCE")
                        .waitIntervalInSeconds(bake)
                        .build())
                .terminationWaitInSeconds(drain)
                .maximumExecutionTimeoutInSeconds(3 * START_MAX)
                .build();
    }

    /** Back to the version before if the alarm rings. */
    private static CfnEndpoint.DeploymentConfigProperty deployment(
            CfnEndpoint.BlueGreenUpdatePolicyProperty replacement, Alarm errors) {
        return CfnEndpoint.DeploymentConfigProperty.builder()
                .blueGreenUpdatePolicy(replacement)
                .autoRollbackConfiguration(CfnEndpoint.AutoRollbackConfigProperty.builder()
                        .alarms(List.of(CfnEndpoint.AlarmProperty.builder()
                                .alarmName(errors.getAlarmName())
                                .build()))
                        .build())
                .build();
    }

    private void scale(CfnEndpoint endpoint) {
        ScalableTarget target = ScalableTarget.Builder.create(this, "Scaling")
                .serviceNamespace(ServiceNamespace.SAGEMAKER)
                .resourceId("endpoint/" + name + "/variant/" + VARIANT)
                .scalableDimension("sagemaker:variant:DesiredInstanceCount")
                .minCapacity(plan.instances().min())
                .maxCapacity(plan.instances().max())
                .role(Role.fromRoleArn(
                        this,
                        "ScalingRole",
                        "arn:aws:iam::" + Stack.of(this).getAccount()
                                + ":role/aws-service-role/sagemaker.application-autoscaling.amazonaws.com/"
                                + "AWSServiceRoleForApplicationAutoScaling_SageMakerEndpoint"))
                .build();
        target.getNode().addDependency(endpoint);
        target.scaleToTrackMetric(
                "Sessions",
                BasicTargetTrackingScalingPolicyProps.builder()
                        .targetValue(plan.instances().sessionsEach())
                        .predefinedMetric(
                                PredefinedMetric.SAGEMAKER_VARIANT_CONCURRENT_REQUESTS_PER_MODEL_HIGH_RESOLUTION)
                        .scaleOutCooldown(Duration.minutes(1))
                        .scaleInCooldown(Duration.minutes(15))
                        .build());
    }
}
