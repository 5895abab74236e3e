package io.wanspec.functions.store;

import io.wanspec.contracts.SessionId;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;

/**
 * The table of sessions: one item each, in the target's region. Blocks: call from virtual threads.
 *
 * <p>Every write is the whole item, on the condition that nobody else has taken the session over. DynamoDB deletes expired
 * items late (up to two days), so that readers and creators look at the expiry themselves.
 */
public final class SessionTable {
    private final DynamoDbAsyncClient client;
    private final String table;
    private final Clock clock;

    public SessionTable(DynamoDbAsyncClient client, String table, Clock clock) {
        this.client = client;
        this.table = table;
        this.clock = clock;
    }

    /** Writes a new session. False if there is one of this id that has not expired. */
    public boolean create(SessionRecord record) {
        return put(
                record,
                "attribute_not_exists(pk) OR expiresAt < :now",
                Map.of(":now", SessionItem.number(clock.instant().getEpochSecond())));
    }

    /** Writes a session's newer state. False if another owner has taken it over. */
    public boolean update(SessionRecord record) {
        return put(
                record,
                "attribute_not_exists(pk) OR (fence = :fence AND #owner = :owner)",
                Map.of(
                        ":fence", SessionItem.number(record.fence()),
                        ":owner", SessionItem.text(record.owner())));
    }

    /** The session, unless it is unknown or expired. */
    public Optional<SessionRecord> find(SessionId id) {
        var answer = joined(() -> client.getItem(
                        get -> get.tableName(table).key(SessionItem.key(id)).consistentRead(true))
                .join());
        return Optional.of(answer.item())
                .filter(item -> !item.isEmpty())
                .map(SessionItem::read)
                .filter(record -> record.expiresAt().isAfter(clock.instant()));
    }

    private boolean put(SessionRecord record, String condition, Map<String, AttributeValue> values) {
        try {
            joined(() -> client.putItem(put -> {
                        put.tableName(table)
                                .item(SessionItem.write(record))
                                .conditionExpression(condition)
                                .expressionAttributeValues(values);
                        if (condition.contains("#owner")) {
                            put.expressionAttributeNames(Map.of("#owner", SessionItem.OWNER));
                        }
                    })
                    .join());
            return true;
        } catch (ConditionalCheckFailedException notOurs) {
            return false;
        }
    }

    /** The SDK's own exception instead of the future's wrapper. */
    private static <T> T joined(Supplier<T> call) {
        try {
            return call.get();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
