package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Profile;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.constructs.Construct;

/** How long things live, by profile. */
public final class Keeping {
    private Keeping() {}

    public static RemovalPolicy removal(Profile profile) {
        return profile.keepsData() ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    }

    public static LogGroup logs(Construct scope, String id, String name, Profile profile, @Nullable IKey key) {
        LogGroup.Builder logs = LogGroup.Builder.create(scope, id)
                .logGroupName(name)
                .retention(profile.keepsData() ? RetentionDays.THREE_MONTHS : RetentionDays.ONE_WEEK)
                .removalPolicy(removal(profile));
        if (key != null) {
            logs.encryptionKey(key);
        }
        return logs.build();
    }
}
