package io.wanspec.functions.table;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.QueryRequest;
import software.amazon.awssdk.services.dynamodb.model.QueryResponse;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;

/** The table on DynamoDB. */
public final class DynamoTable implements Table {
    private static final int PAGE_ITEMS_MAX = 100;

    private final DynamoDbAsyncClient client;
    private final String name;
    private final Clock clock;
    private final Transactions transactions;

    public DynamoTable(DynamoDbAsyncClient client, String name, Clock clock) {
        this.client = client;
        this.name = name;
        this.clock = clock;
        this.transactions = new Transactions(client, name);
    }

    @Override
    public Optional<Item> get(ItemKey key) {
        var answer = await(client.getItem(
                get -> get.tableName(name).key(key.toAttributes()).consistentRead(true)));
        return read(answer.item());
    }

    @Override
    public Optional<Item> getSettled(ItemKey key) {
        return read(transactions.get(key));
    }

    private Optional<Item> read(Map<String, AttributeValue> attributes) {
        return Optional.of(attributes)
                .filter(item -> !item.isEmpty())
                .map(Item::read)
                .filter(item -> !item.isExpired(clock.instant()));
    }

    @Override
    public List<Item> query(String pk, String from, String to, int itemsMax) {
        QueryRequest request = QueryRequest.builder()
                .tableName(name)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk AND sk BETWEEN :from AND :to")
                .expressionAttributeValues(Map.of(
                        ":pk", AttributeValue.fromS(pk),
                        ":from", AttributeValue.fromS(from),
                        ":to", AttributeValue.fromS(to)))
                .build();
        Instant now = clock.instant();
        return pages(request, itemsMax).stream()
                .map(Item::read)
                .filter(item -> !item.isExpired(now))
                .toList();
    }

    @Override
    public List<ItemKey> keys(String pk, int itemsMax) {
        QueryRequest request = QueryRequest.builder()
                .tableName(name)
                .consistentRead(true)
                .keyConditionExpression("pk = :pk")
                .projectionExpression("pk, sk")
                .expressionAttributeValues(Map.of(":pk", AttributeValue.fromS(pk)))
                .build();
        return pages(request, itemsMax).stream()
                .map(item -> Item.read(item).key())
                .toList();
    }

    @Override
    public List<ItemKey> due(int shard, Instant until, int itemsMax) {
        QueryRequest request = QueryRequest.builder()
                .tableName(name)
                .indexName(Due.INDEX)
                .keyConditionExpression("dueShard = :shard AND dueAt <= :until")
                .expressionAttributeValues(Map.of(
                        ":shard", AttributeValue.fromS(Due.shard(shard)),
                        ":until", Item.number(until.getEpochSecond())))
                .build();
        return pages(request, itemsMax).stream()
                .map(item -> Item.read(item).key())
                .toList();
    }

    /** Page by page, and no page larger than what is still wanted. */
    private List<Map<String, AttributeValue>> pages(QueryRequest request, int itemsMax) {
        List<Map<String, AttributeValue>> items = new ArrayList<>();
        Map<String, AttributeValue> after = Map.of();
        while (items.size() < itemsMax) {
            QueryRequest.Builder page = request.toBuilder().limit(Math.min(PAGE_ITEMS_MAX, itemsMax - items.size()));
            if (!after.isEmpty()) {
                page.exclusiveStartKey(after);
            }
            QueryResponse answer = await(client.query(page.build()));
            items.addAll(answer.items());
            if (!answer.hasLastEvaluatedKey()) {
                break;
            }
            after = answer.lastEvaluatedKey();
        }
        return items;
    }

    @Override
    public Write write(Change change) {
        try {
            return switch (change) {
                case Change.Put put -> put(put);
                case Change.Modify modify -> modify(modify);
                case Change.Delete delete -> delete(delete);
                case Change.Check check -> throw new IllegalArgumentException("a check alone writes nothing");
            };
        } catch (ConditionalCheckFailedException refused) {
            return new Write.Refused(0, present(refused.item()));
        }
    }

    @Override
    public Write transact(List<Change> changes) {
        return transactions.write(changes);
    }

    private Write put(Change.Put put) {
        var expression = new Expression();
        await(client.putItem(to -> to.tableName(name)
                .item(put.item().toAttributes())
                .conditionExpression(expression.condition(put.condition()))
                .expressionAttributeNames(expression.names())
                .expressionAttributeValues(expression.values())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
        return new Write.Done(null);
    }

    private Write modify(Change.Modify modify) {
        var expression = new Expression();
        var answer = await(client.updateItem(to -> to.tableName(name)
                .key(modify.key().toAttributes())
                .updateExpression(expression.update(modify.update()))
                .conditionExpression(expression.condition(modify.condition()))
                .expressionAttributeNames(expression.names())
                .expressionAttributeValues(expression.values())
                .returnValues(ReturnValue.ALL_NEW)
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
        return new Write.Done(present(answer.attributes()));
    }

    private Write delete(Change.Delete delete) {
        var expression = new Expression();
        await(client.deleteItem(to -> to.tableName(name)
                .key(delete.key().toAttributes())
                .conditionExpression(expression.condition(delete.condition()))
                .expressionAttributeNames(expression.names())
                .expressionAttributeValues(expression.values())
                .returnValuesOnConditionCheckFailure(ReturnValuesOnConditionCheckFailure.ALL_OLD)));
        return new Write.Done(null);
    }

    static @Nullable Item present(@Nullable Map<String, AttributeValue> attributes) {
        return attributes == null || attributes.isEmpty() ? null : Item.read(attributes);
    }

    /** Waits for a call, and throws the SDK's own exception. One that takes too long is left alone, not cancelled. */
    static <T> T await(CompletableFuture<T> call) {
        try {
            return call.get(TableClient.CALL_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw SdkClientException.create("the table's call failed", e.getCause());
        } catch (TimeoutException e) {
            throw SdkClientException.create("the table has not answered in " + TableClient.CALL_TIMEOUT, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create("interrupted while the table was written or read", e);
        }
    }
}
