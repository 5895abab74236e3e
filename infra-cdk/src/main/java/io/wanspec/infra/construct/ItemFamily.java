package io.wanspec.infra.construct;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.services.iam.Effect;
import software.amazon.awscdk.services.iam.PolicyStatement;

/**
 * What the table holds, by how the partitions of items begin, and which function may read or write which of it (decision 40). All
 * functions share one table, but none of them makes keys, and what checks keys sees no prompt.
 */
enum ItemFamily {
    SESSIONS("session#*"),
    RESPONSES("response#*"),
    IDEMPOTENCY("idem#*"),
    USAGE("usage#*"),
    ESTIMATES("estimates#*"),
    COUNTS("counts#functions"),
    /** Those on site, as they described themselves. */
    WORKERS("workers"),
    /** Each under its hash. */
    KEYS("key#*"),
    /** From a key's id to its hash. */
    KEY_LIST("keys");

    static final List<String> READ = List.of("dynamodb:GetItem", "dynamodb:Query");
    /** A transaction may also check an item that it does not write. */
    static final List<String> WRITE =
            List.of("dynamodb:ConditionCheckItem", "dynamodb:DeleteItem", "dynamodb:PutItem", "dynamodb:UpdateItem");

    private final String partitions;

    ItemFamily(String partitions) {
        this.partitions = partitions;
    }

    /**
     * Every one of these actions names its items' partitions, alone and in a transaction, so the condition is never met for want of
     * any. No others may be added: a scan, say, names none.
     */
    private static PolicyStatement allow(String table, List<String> actions, Stream<ItemFamily> families) {
        List<String> partitions =
                families.map(family -> family.partitions).sorted().toList();
        return PolicyStatement.Builder.create()
                .effect(Effect.ALLOW)
                .actions(actions)
                .resources(List.of(table))
                .conditions(Map.of("ForAllValues:StringLike", Map.of("dynamodb:LeadingKeys", partitions)))
                .build();
    }

    /** Who generates reads keys: where a prompt may be seen is asked again before its session goes on. */
    private static List<PolicyStatement> session(String table, List<ItemFamily> written, ItemFamily... read) {
        return List.of(
                allow(table, WRITE, written.stream()),
                allow(table, READ, Stream.concat(written.stream(), Stream.of(read))));
    }

    static List<PolicyStatement> ofApi(String table) {
        return session(
                table, List.of(SESSIONS, RESPONSES, IDEMPOTENCY, USAGE, ESTIMATES, WORKERS), COUNTS, KEYS, KEY_LIST);
    }

    static List<PolicyStatement> ofWorker(String table) {
        return session(table, List.of(SESSIONS, USAGE, ESTIMATES, COUNTS), KEYS, KEY_LIST);
    }

    /** It deletes what has expired, and settles what was charged for. */
    static List<PolicyStatement> ofSweeper(String table) {
        return session(table, List.of(SESSIONS, RESPONSES, IDEMPOTENCY, USAGE, COUNTS));
    }

    static List<PolicyStatement> ofAuthorizer(String table) {
        return List.of(allow(table, List.of("dynamodb:GetItem"), Stream.of(KEYS)));
    }
}
