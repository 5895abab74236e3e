package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Profile;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.RemovalPolicy;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.logs.LogGroup;
import software.amazon.awscdk.services.logs.RetentionDays;
import software.amazon.awscdk.services.sqs.Queue;
import software.amazon.awscdk.services.sqs.QueueEncryption;
import software.constructs.Construct;

/** How what is kept is kept: how long, by profile, and encrypted. */
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

    /** @param key absent: AWS's own keys */
    static Queue.Builder queue(Construct scope, String id, String name, @Nullable IKey key) {
        Queue.Builder queue = Queue.Builder.create(scope, id).queueName(name).enforceSsl(true);
        return key == null
                ? queue.encryption(QueueEncryption.SQS_MANAGED)
                : queue.encryption(QueueEncryption.KMS).encryptionMasterKey(key).dataKeyReuse(Duration.hours(1));
    }

    /** Kept as long as a queue can. */
    static Queue deadLetters(Construct scope, String id, String name, @Nullable IKey key) {
        Queue queue =
                queue(scope, id, name, key).retentionPeriod(Duration.days(14)).build();
        Reason.accept(queue, Reason.IS_DEAD_LETTERS);
        return queue;
    }
}
