package io.wanspec.infra.construct;

import io.wanspec.infra.settings.OpenHours;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PrincipalWithConditions;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.sagemaker.CfnEndpoint;
import software.amazon.awscdk.services.sagemaker.CfnEndpointConfig;
import software.amazon.awscdk.services.scheduler.CfnSchedule;
import software.amazon.awscdk.services.scheduler.CfnScheduleGroup;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/**
 * Takes an endpoint down, and makes it again of the same configuration, by the clock. SageMaker keeps one instance of an endpoint at
 * least, but for inference components, which duplex streams cannot name; so outside of its hours there is no endpoint. The scheduler
 * calls SageMaker by itself: there is no program in between. A call that it gives up waits in a queue of its own, and an alarm rings.
 */
public final class OpeningTimes extends Construct {
    /** Is in the name of everything here. */
    public static final String ID = "Hours";

    private static final String CALL = "arn:aws:scheduler:::aws-sdk:sagemaker:";

    /** An endpoint that is being updated or made refuses to be deleted: that is tried again. */
    private static final int ATTEMPTS = 10;

    private static final int SECONDS = 3600;

    private final OpenHours hours;
    private final Queue failures;
    private final CfnScheduleGroup group;
    private final Role role;

    /** @param key absent: AWS's own keys */
    OpeningTimes(
            Construct scope,
            String name,
            CfnEndpoint endpoint,
            CfnEndpointConfig config,
            OpenHours hours,
            @Nullable IKey key,
            AlarmTopic alarms) {
        super(scope, ID);
        String all = name + "-hours";
        this.hours = hours;
        this.failures = Keeping.deadLetters(this, "Failures", all + "-failed", key);
        this.group = CfnScheduleGroup.Builder.create(this, "Group").name(all).build();
        this.role = role(name, all, config, key);
        alarms.above(
                all,
                "The endpoint " + name + " was not made, or not taken down, when its hours said so.",
                ServiceAlarms.queue(all + "-failed", "ApproximateNumberOfMessagesVisible"),
                0,
                1);
        String named = "{\"EndpointName\":\"" + name + "\"";
        CfnSchedule opens = schedule(
                "Opens",
                name + "-opens",
                hours.opens(),
                "createEndpoint",
                named + ",\"EndpointConfigName\":\"" + config.getAttrEndpointConfigName() + "\"}");
        CfnSchedule closes = schedule("Closes", name + "-closes", hours.closes(), "deleteEndpoint", named + "}");
        // None of them meets one that is being made by the stack.
        opens.getNode().addDependency(endpoint);
        closes.getNode().addDependency(endpoint);
    }

    /** For the schedules of the group alone. The group is named, not referred to: its own schedules wait for the role. */
    private Role role(String name, String groupName, CfnEndpointConfig config, @Nullable IKey key) {
        Stack stack = Stack.of(this);
        String here = ":" + stack.getRegion() + ":" + stack.getAccount() + ":";
        String endpoint = "arn:aws:sagemaker" + here + "endpoint/" + name;
        Role made = Role.Builder.create(this, "Role")
                .assumedBy(new PrincipalWithConditions(
                        new ServicePrincipal("scheduler.amazonaws.com"),
                        Map.of(
                                "StringEquals",
                                Map.of(
                                        "aws:SourceAccount",
                                        stack.getAccount(),
                                        "aws:SourceArn",
                                        "arn:aws:scheduler" + here + "schedule-group/" + groupName))))
                .description("Makes the endpoint " + name + " and takes it down by the clock")
                .build();
        made.addToPolicy(Allow.on(List.of(endpoint, config.getRef()), "sagemaker:CreateEndpoint"));
        made.addToPolicy(Allow.on(endpoint, "sagemaker:DeleteEndpoint"));
        made.addToPolicy(Allow.on(failures.getQueueArn(), "sqs:SendMessage"));
        if (key != null) {
            made.addToPolicy(Allow.through(key, List.of("sqs"), "kms:Decrypt", "kms:GenerateDataKey"));
        }
        return made;
    }

    private CfnSchedule schedule(String id, String name, String when, String call, String input) {
        return CfnSchedule.Builder.create(this, id)
                .name(name)
                .groupName(group.getRef())
                .scheduleExpression(when)
                .scheduleExpressionTimezone(hours.zone().getId())
                .flexibleTimeWindow(CfnSchedule.FlexibleTimeWindowProperty.builder()
                        .mode("OFF")
                        .build())
                .target(CfnSchedule.TargetProperty.builder()
                        .arn(CALL + call)
                        .roleArn(role.getRoleArn())
                        .input(input)
                        .deadLetterConfig(CfnSchedule.DeadLetterConfigProperty.builder()
                                .arn(failures.getQueueArn())
                                .build())
                        .retryPolicy(CfnSchedule.RetryPolicyProperty.builder()
                                .maximumRetryAttempts(ATTEMPTS)
                                .maximumEventAgeInSeconds(SECONDS)
                                .build())
                        .build())
                .build();
    }
}
