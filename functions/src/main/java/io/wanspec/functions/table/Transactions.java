package io.wanspec.functions.table;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactGetItem;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;

/** Writes that take effect together or not at all, and reads behind them. One that met another on the same item is tried again. */
final class Transactions {
    private static final String CONDITION_FAILED = "ConditionalCheckFailed";
    private static final int ATTEMPTS_MAX = 4;
    private static final long PAUSE_MS = 20;

    private final DynamoDbAsyncClient client;
    private final String table;

    Transactions(DynamoDbAsyncClient client, String table) {
        this.client = client;
        this.table = table;
    }

    Write write(List<Change> changes) {
        List<TransactWriteItem> items = changes.stream().map(this::item).toList();
        return alone(
                () -> {
                    DynamoTable.await(client.transactWriteItems(w -> w.transactItems(items)));
                    return new Write.Done(null);
                },
                Transactions::refused);
    }

    /** @return the attributes, if there is such an item */
    Map<String, AttributeValue> get(ItemKey key) {
        TransactGetItem item = TransactGetItem.builder()
                .get(get -> get.tableName(table).key(key.toAttributes()))
                .build();
        return alone(
                () -> DynamoTable.await(client.transactGetItems(g -> g.transactItems(item)))
                        .responses()
                        .getFirst()
                        .item(),
                _ -> null);
    }

    /** @param answer what a cancellation means, unless it is that another transaction was under way */
    private static <T> T alone(Supplier<T> call, Function<List<CancellationReason>, @Nullable T> answer) {
        for (int attempt = 1; ; attempt++) {
            try {
                return call.get();
            } catch (TransactionCanceledException cancelled) {
                T meaning = answer.apply(cancelled.cancellationReasons());
                if (meaning != null) {
                    return meaning;
                }
                if (attempt == ATTEMPTS_MAX) {
                    throw cancelled;
                }
                pause(attempt, cancelled);
            }
        }
    }

    private static @Nullable Write refused(List<CancellationReason> reasons) {
        for (int i = 0; i < reasons.size(); i++) {
            if (CONDITION_FAILED.equals(reasons.get(i).code())) {
                return new Write.Refused(i, DynamoTable.present(reasons.get(i).item()));
            }
        }
        return null;
    }

    private static void pause(int attempt, TransactionCanceledException cancelled) {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MS << attempt);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw cancelled;
        }
    }

    private TransactWriteItem item(Change change) {
        var expression = new Expression();
        var refusal = ReturnValuesOnConditionCheckFailure.ALL_OLD;
        var item = TransactWriteItem.builder();
        return switch (change) {
            case Change.Put(var put, var condition) ->
                item.put(to -> to.tableName(table)
                                .item(put.toAttributes())
                                .conditionExpression(expression.condition(condition))
                                .expressionAttributeNames(expression.names())
                                .expressionAttributeValues(expression.values())
                                .returnValuesOnConditionCheckFailure(refusal))
                        .build();
            case Change.Modify(var key, var update, var condition) ->
                item.update(to -> to.tableName(table)
                                .key(key.toAttributes())
                                .updateExpression(expression.update(update))
                                .conditionExpression(expression.condition(condition))
                                .expressionAttributeNames(expression.names())
                                .expressionAttributeValues(expression.values())
                                .returnValuesOnConditionCheckFailure(refusal))
                        .build();
            case Change.Delete(var key, var condition) ->
                item.delete(to -> to.tableName(table)
                                .key(key.toAttributes())
                                .conditionExpression(expression.condition(condition))
                                .expressionAttributeNames(expression.names())
                                .expressionAttributeValues(expression.values())
                                .returnValuesOnConditionCheckFailure(refusal))
                        .build();
            case Change.Check(var key, var condition) ->
                item.conditionCheck(to -> to.tableName(table)
                                .key(key.toAttributes())
                                .conditionExpression(expression.condition(condition))
                                .expressionAttributeNames(expression.names())
                                .expressionAttributeValues(expression.values())
                                .returnValuesOnConditionCheckFailure(refusal))
                        .build();
        };
    }
}
