package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Profile;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.kms.Key;
import software.constructs.Construct;

/** A key in KMS that rotates. Its policy lets one service of AWS use it by itself; all others come with a role's permission. */
public final class DataKey {
    private DataKey() {}

    /** Of what is kept, and of the logs of this account and region. */
    public static Key ofLogs(Construct scope, String id, String what, Profile profile) {
        Key key = key(scope, id, what, profile);
        Stack stack = Stack.of(scope);
        String here = "arn:aws:logs:" + stack.getRegion() + ":" + stack.getAccount() + ":log-group:*";
        key.addToResourcePolicy(usableBy(
                "logs." + stack.getRegion() + ".amazonaws.com",
                Map.of("ArnLike", Map.of("kms:EncryptionContext:aws:logs:arn", here)),
                "kms:Decrypt",
                "kms:DescribeKey",
                "kms:Encrypt",
                "kms:GenerateDataKey",
                "kms:GenerateDataKeyWithoutPlaintext",
                "kms:ReEncryptFrom",
                "kms:ReEncryptTo"));
        return key;
    }

    /** Of a topic that CloudWatch's alarms of this account publish to. */
    public static Key ofAlarms(Construct scope, String id, String what, Profile profile) {
        Key key = key(scope, id, what, profile);
        key.addToResourcePolicy(usableBy(
                "cloudwatch.amazonaws.com",
                Map.of(
                        "StringEquals",
                        Map.of("aws:SourceAccount", Stack.of(scope).getAccount())),
                "kms:Decrypt",
                "kms:GenerateDataKey"));
        return key;
    }

    private static Key key(Construct scope, String id, String what, Profile profile) {
        return Key.Builder.create(scope, id)
                .description("WANSpec: " + what)
                .enableKeyRotation(true)
                .pendingWindow(Duration.days(profile.keepsData() ? 30 : 7))
                .removalPolicy(Keeping.removal(profile))
                .build();
    }

    /** In a key's policy the resource is the key itself, and AWS writes it as a star. */
    private static PolicyStatement usableBy(String service, Map<String, Object> conditions, String... actions) {
        return PolicyStatement.Builder.create()
                .principals(List.of(new ServicePrincipal(service)))
                .actions(List.of(actions))
                .resources(List.of("*"))
                .conditions(conditions)
                .build();
    }
}
