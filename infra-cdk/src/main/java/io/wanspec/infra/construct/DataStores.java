package io.wanspec.infra.construct;

import io.wanspec.infra.settings.Deployment;
import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.dynamodb.Attribute;
import software.amazon.awscdk.services.dynamodb.AttributeType;
import software.amazon.awscdk.services.dynamodb.BillingMode;
import software.amazon.awscdk.services.dynamodb.GlobalSecondaryIndexProps;
import software.amazon.awscdk.services.dynamodb.PointInTimeRecoverySpecification;
import software.amazon.awscdk.services.dynamodb.ProjectionType;
import software.amazon.awscdk.services.dynamodb.Table;
import software.amazon.awscdk.services.dynamodb.TableEncryption;
import software.amazon.awscdk.services.kms.IKey;
import software.amazon.awscdk.services.sqs.DeadLetterQueue;
import software.amazon.awscdk.services.sqs.Queue;
import software.constructs.Construct;

/** Where sessions are remembered and jobs wait: one table, one queue and its dead letters, all in the target's region. */
public final class DataStores extends Construct {
    /** More than the worker's own five, so that a dead letter has a reason (docs/functions.md). */
    private static final int DELIVERIES_MAX = 10;

    static final String DUE_INDEX = "due";

    private final @Nullable IKey key;
    private final Table table;
    private final Queue deadLetters;
    private final Queue jobs;

    /** @param key absent: AWS's own keys */
    public DataStores(Construct scope, String id, Deployment deployment, @Nullable IKey key) {
        super(scope, id);
        this.key = key;
        this.table = makeTable(this, deployment, key);
        this.deadLetters = Keeping.deadLetters(this, "DeadLetters", deployment.name() + "-dead-letters", key);
        this.jobs = Keeping.queue(this, "Jobs", deployment.name() + "-jobs", key)
                // What Lambda asks for: six times the function's limit. The worker shortens it at once.
                .visibilityTimeout(Duration.minutes(6 * RequestFunctions.LIMIT_MINUTES))
                .retentionPeriod(Duration.days(4))
                .deadLetterQueue(DeadLetterQueue.builder()
                        .queue(deadLetters)
                        .maxReceiveCount(DELIVERIES_MAX)
                        .build())
                .build();
    }

    Table table() {
        return table;
    }

    Queue jobs() {
        return jobs;
    }

    Queue deadLetters() {
        return deadLetters;
    }

    @Nullable
    IKey key() {
        return key;
    }

    private static Attribute attribute(String name, AttributeType type) {
        return Attribute.builder().name(name).type(type).build();
    }

    private static Table makeTable(Construct scope, Deployment deployment, @Nullable IKey key) {
        boolean keep = deployment.profile().keepsData();
        Table.Builder builder = Table.Builder.create(scope, "Table")
                .tableName(deployment.name() + "-sessions")
                .partitionKey(attribute("pk", AttributeType.STRING))
                .sortKey(attribute("sk", AttributeType.STRING))
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .timeToLiveAttribute("expiresAt")
                .pointInTimeRecoverySpecification(PointInTimeRecoverySpecification.builder()
                        .pointInTimeRecoveryEnabled(keep)
                        .build())
                .deletionProtection(keep)
                .removalPolicy(Keeping.removal(deployment.profile()));
        Table made = (key == null
                        ? builder.encryption(TableEncryption.AWS_MANAGED)
                        : builder.encryption(TableEncryption.CUSTOMER_MANAGED).encryptionKey(key))
                .build();
        made.addGlobalSecondaryIndex(GlobalSecondaryIndexProps.builder()
                .indexName(DUE_INDEX)
                .partitionKey(attribute("dueShard", AttributeType.STRING))
                .sortKey(attribute("dueAt", AttributeType.NUMBER))
                .projectionType(ProjectionType.KEYS_ONLY)
                .build());
        if (!keep) {
            Reason.accept(made, Reason.DEV_BACKUPS);
        }
        return made;
    }
}
