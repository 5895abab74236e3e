package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DraftSite;
import io.wanspec.infra.settings.FunctionRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Names;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.LambdaFunction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.lambda.Code;
import software.amazon.awscdk.services.lambda.EventSourceMappingOptions;
import software.amazon.awscdk.services.lambda.Function;
import software.amazon.awscdk.services.lambda.LayerVersion;
import software.amazon.awscdk.services.lambda.Runtime;
import software.amazon.awscdk.services.lambda.Tracing;
import software.amazon.awscdk.services.logs.LogGroup;
import software.constructs.Construct;

/** The four functions (docs/functions.md), each with a role of its own that may do what it does and no more. */
public final class RequestFunctions extends Construct {
    /** Lambda's most, and API Gateway's for streams. */
    static final int LIMIT_MINUTES = 15;

    /** Of AWS Lambda Web Adapter, version 0.9.1. */
    private static final String ADAPTER = ":753240598075:layer:LambdaAdapterLayerX86:27";

    private static final int SMALL_MB = 1024;
    private static final String HANDLERS = "io.wanspec.functions.lambda.";

    private final Deployment deployment;
    private final DataStores stores;
    private final FunctionPackages packages;
    private final @Nullable PrivateNetwork network;
    private final @Nullable Relay relay;
    private final Function api;
    private final Function authorizer;

    /**
     * @param network absent: none of their own
     * @param relay absent: no workers on site dial in
     */
    public RequestFunctions(
            Construct scope,
            String id,
            Deployment deployment,
            DataStores stores,
            FunctionPackages packages,
            @Nullable PrivateNetwork network,
            @Nullable Relay relay) {
        super(scope, id);
        this.deployment = deployment;
        this.stores = stores;
        this.packages = packages;
        this.network = network;
        this.relay = relay;
        this.api = makeApi();
        this.authorizer = makeAuthorizer();
        makeWorker();
        makeSweeper();
    }

    public Function api() {
        return api;
    }

    public Function authorizer() {
        return authorizer;
    }

    private Function makeApi() {
        Role role = role("api");
        session(role, ItemFamily.ofApi(stores.table().getTableArn()));
        generation(role);
        jobs(role, stores.jobs().getQueueArn());
        if (relay != null) {
            role.addToPolicy(Allow.on(Relay.dialRoleArn(deployment), "sts:AssumeRole"));
        }
        boolean managed = deployment.functions().runtime() == FunctionRuntime.JAVA25;
        return function("api", managed ? "run.sh" : "bootstrap", role)
                .environment(FunctionEnvironment.adapted(showing(lettingIn()), managed))
                .layers(List.of(LayerVersion.fromLayerVersionArn(
                        this,
                        "Adapter",
                        "arn:aws:lambda:" + deployment.target().site().region() + ADAPTER)))
                .memorySize(deployment.functions().memoryMb())
                .timeout(Duration.minutes(LIMIT_MINUTES))
                .reservedConcurrentExecutions(deployment.functions().concurrency())
                .build();
    }

    private void makeWorker() {
        Role role = role("worker");
        session(role, ItemFamily.ofWorker(stores.table().getTableArn()));
        generation(role);
        jobs(role, stores.jobs().getQueueArn());
        jobs(role, stores.deadLetters().getQueueArn());
        // By hand: the CDK's own event source would let the role decrypt with the key through any service.
        role.addToPolicy(Allow.on(stores.jobs().getQueueArn(), LinkPolicies.SERVE.toArray(String[]::new)));
        Function worker = function("worker", HANDLERS + "WorkerFunction", role)
                .environment(generating())
                .memorySize(deployment.functions().memoryMb())
                .timeout(Duration.minutes(LIMIT_MINUTES))
                .build();
        worker.addEventSourceMapping(
                "SqsEventSource:" + Names.nodeUniqueId(stores.jobs().getNode()),
                EventSourceMappingOptions.builder()
                        .eventSourceArn(stores.jobs().getQueueArn())
                        .batchSize(1)
                        .maxConcurrency(deployment.functions().jobs())
                        .reportBatchItemFailures(true)
                        .build());
    }

    private Function makeAuthorizer() {
        Role role = role("authorizer");
        keyUse(role, List.of("dynamodb", "lambda"), "kms:Decrypt", "kms:DescribeKey");
        ItemFamily.ofAuthorizer(stores.table().getTableArn()).forEach(role::addToPolicy);
        return function("authorizer", HANDLERS + "AuthorizerFunction", role)
                .environment(common())
                .memorySize(SMALL_MB)
                .timeout(Duration.seconds(10))
                .build();
    }

    private void makeSweeper() {
        Role role = role("sweeper");
        session(role, ItemFamily.ofSweeper(stores.table().getTableArn()));
        // Keys of items alone, of all families that expire: the index is not partitioned by them.
        role.addToPolicy(Allow.on(stores.table().getTableArn() + "/index/" + DataStores.DUE_INDEX, "dynamodb:Query"));
        role.addToPolicy(Allow.on(
                List.of(stores.jobs().getQueueArn(), stores.deadLetters().getQueueArn()), "sqs:GetQueueAttributes"));
        Function sweeper = function("sweeper", HANDLERS + "SweeperFunction", role)
                .environment(FunctionEnvironment.sweeping(
                        deployment,
                        stores.table().getTableName(),
                        stores.jobs().getQueueUrl(),
                        stores.deadLetters().getQueueUrl()))
                .memorySize(SMALL_MB)
                .timeout(Duration.minutes(2))
                .reservedConcurrentExecutions(1)
                .build();
        Rule.Builder.create(this, "EveryMinute")
                .description("Ends abandoned sessions, deletes expired ones")
                .schedule(Schedule.rate(Duration.minutes(1)))
                .targets(List.of(
                        LambdaFunction.Builder.create(sweeper).retryAttempts(0).build()))
                .build();
    }

    private Map<String, String> common() {
        return FunctionEnvironment.common(deployment, stores.table().getTableName());
    }

    private Map<String, String> generating() {
        Map<String, String> variables = FunctionEnvironment.generating(
                deployment,
                stores.table().getTableName(),
                stores.jobs().getQueueUrl(),
                stores.deadLetters().getQueueUrl());
        return relay == null ? variables : FunctionEnvironment.meeting(deployment, relay.ticketKey(), variables);
    }

    /** Of the function that workers on site ask for tickets. */
    private Map<String, String> lettingIn() {
        return relay == null ? generating() : FunctionEnvironment.lettingIn(deployment, generating());
    }

    private Map<String, String> showing(Map<String, String> variables) {
        return deployment.api().console() ? FunctionEnvironment.showing(variables) : variables;
    }

    /** Named, because roles in other accounts name it as the one that may become them. */
    private Role role(String function) {
        Role role = Role.Builder.create(this, title(function) + "Role")
                .roleName(roleName(deployment, function))
                .assumedBy(new ServicePrincipal("lambda.amazonaws.com"))
                .description("What WANSpec's function " + function + " may do")
                .build();
        if (network != null) {
            role.addToPolicy(Allow.everywhere(Reason.NETWORK_INTERFACES));
        }
        return role;
    }

    /** Of the two that call model endpoints. */
    public static String roleName(Deployment deployment, String function) {
        return deployment.name() + "-" + function + "-"
                + deployment.target().site().region();
    }

    /** Only for what table, queues and the function's own variables ask of it. */
    private void keyUse(Role role, List<String> services, String... actions) {
        if (stores.key() != null) {
            role.addToPolicy(Allow.through(Objects.requireNonNull(stores.key()), services, actions));
        }
    }

    private void session(Role role, List<PolicyStatement> items) {
        keyUse(
                role,
                List.of("dynamodb", "lambda", "sqs"),
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:Encrypt",
                "kms:GenerateDataKey");
        items.forEach(role::addToPolicy);
    }

    private static void jobs(Role role, String queue) {
        role.addToPolicy(Allow.on(queue, "sqs:SendMessage"));
    }

    /** Endpoints that residency allows, by name. In another account they can be called by a role of that account only. */
    private void generation(Role role) {
        role.addToPolicy(Allow.on(endpoints(), LinkPolicies.INVOKE.toArray(String[]::new)));
        if (relay != null) {
            role.addToPolicy(Allow.on(Relay.endpointArn(deployment), Relay.FUNCTIONS_ACTIONS.toArray(String[]::new)));
        }
        LintNotes.hasNewerActions(role);
        List<String> roles = deployment.allowedDrafts().stream()
                .filter(deployment::isForeign)
                .map(draft -> "arn:aws:iam::" + draft.site().account() + ":role/" + deployment.callerRole(draft))
                .toList();
        if (!roles.isEmpty()) {
            role.addToPolicy(Allow.on(roles, "sts:AssumeRole"));
        }
        List<String> secrets = deployment.allowedOnSite().stream()
                .flatMap(worker -> Stream.ofNullable(worker.secret()))
                .toList();
        if (!secrets.isEmpty()) {
            role.addToPolicy(Allow.on(secrets, "secretsmanager:GetSecretValue"));
        }
    }

    private List<String> endpoints() {
        String account = deployment.target().site().account();
        String region = deployment.target().site().region();
        List<String> arns = new ArrayList<>();
        arns.add(endpoint(region, account, deployment.targetEndpoint()));
        if (deployment.target().busyDraft() != null) {
            arns.add(endpoint(region, account, deployment.busyDraftEndpoint()));
        }
        for (DraftSite draft : deployment.allowedDrafts()) {
            if (!deployment.isForeign(draft)) {
                arns.add(endpoint(draft.site().region(), account, deployment.draftEndpoint(draft)));
            }
        }
        return arns;
    }

    public static String endpoint(String region, String account, String name) {
        return "arn:aws:sagemaker:" + region + ":" + account + ":endpoint/" + name;
    }

    private Function.Builder function(String name, String handler, Role role) {
        boolean managed = deployment.functions().runtime() == FunctionRuntime.JAVA25;
        LogGroup logs = Keeping.logs(
                this,
                title(name) + "Logs",
                "/aws/lambda/" + deployment.name() + "-" + name,
                deployment.profile(),
                stores.key());
        role.addToPolicy(Allow.on(logs.getLogGroupArn(), "logs:CreateLogStream", "logs:PutLogEvents"));
        if (network != null) {
            Reason.accept(role, Reason.NETWORK_INTERFACES);
        }
        Reason.accept(role, Reason.TRACES);
        Function.Builder function = Function.Builder.create(this, title(name))
                .functionName(deployment.name() + "-" + name)
                .runtime(managed ? Runtime.JAVA_25 : Runtime.PROVIDED_AL2023)
                .architecture(Architecture.X86_64)
                .code(Code.fromAsset(packages.zip(name).toString()))
                .handler(handler)
                .role(role)
                .logGroup(logs)
                .tracing(Tracing.ACTIVE);
        if (stores.key() != null) {
            function.environmentEncryption(Objects.requireNonNull(stores.key()));
        }
        if (network != null) {
            function.vpc(network.vpc())
                    .vpcSubnets(PrivateNetwork.FUNCTIONS)
                    .securityGroups(List.of(network.functions()));
        }
        return function;
    }

    private static String title(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
