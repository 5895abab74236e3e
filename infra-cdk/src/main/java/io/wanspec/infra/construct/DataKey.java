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

/** A key in KMS that rotates, and that CloudWatch's alarms and logs of this account may use. */
public final class DataKey {
    private DataKey() {}

    public static Key of(Construct scope, String id, String what, Profile profile) {
        Key key = Key.Builder.create(scope, id)
                .description("WANSpec: " + what)
                .enableKeyRotation(true)
                .pendingWindow(Duration.days(profile.keepsData() ? 30 : 7))
                .removalPolicy(Keeping.removal(profile))
                .build();
        Stack stack = Stack.of(scope);
        String here = "arn:aws:logs:" + stack.getRegion() + ":" + stack.getAccount() + ":log-group:*";
        key.addToResourcePolicy(usableBy(
                "logs." + stack.getRegion() + ".amazonaws.com",
                Map.of("ArnLike", Map.of("kms:EncryptionContext:aws:logs:arn", here))));
        key.addToResourcePolicy(usableBy(
                "cloudwatch.amazonaws.com", Map.of("StringEquals", Map.of("aws:SourceAccount", stack.getAccount()))));
        return key;
    }

    /** In a key's policy the resource is the key itself, and AWS writes it as a star. */
    private static PolicyStatement usableBy(String service, Map<String, Object> conditions) {
        return PolicyStatement.Builder.create()
                .principals(List.of(new ServicePrincipal(service)))
                .actions(List.of(
                        "kms:Decrypt",
                        "kms:DescribeKey",
                        "kms:Encrypt",
                        "kms:GenerateDataKey",
                        "kms:GenerateDataKeyWithoutPlaintext",
                        "kms:ReEncryptFrom",
                        "kms:ReEncryptTo"))
                .resources(List.of("*"))
                .conditions(conditions)
                .build();
    }
}
