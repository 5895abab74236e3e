package io.wanspec.functions.table;

import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** What the table must be: partition and sort key, an expiry attribute, and the sparse index of what is due. */
public final class TableSchema {
    private TableSchema() {}

    /** Makes the table and waits for it; an existing one is left as it is. Blocks. */
    public static void createIfAbsent(DynamoDbAsyncClient client, String table) {
        try {
            DynamoTable.await(client.createTable(definition(table)));
        } catch (ResourceInUseException exists) {
            return;
        }
        try (var waiter = client.waiter()) {
            waiter.waitUntilTableExists(t -> t.tableName(table)).join();
        }
        DynamoTable.await(client.updateTimeToLive(t -> t.tableName(table)
                .timeToLiveSpecification(s -> s.attributeName(Item.EXPIRES_AT).enabled(true))));
    }

    private static CreateTableRequest definition(String table) {
        return CreateTableRequest.builder()
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(
                        attribute(ItemKey.PK, ScalarAttributeType.S),
                        attribute(ItemKey.SK, ScalarAttributeType.S),
                        attribute(Due.SHARD, ScalarAttributeType.S),
                        attribute(Due.AT, ScalarAttributeType.N))
                .keySchema(key(ItemKey.PK, KeyType.HASH), key(ItemKey.SK, KeyType.RANGE))
                .globalSecondaryIndexes(GlobalSecondaryIndex.builder()
                        .indexName(Due.INDEX)
                        .keySchema(key(Due.SHARD, KeyType.HASH), key(Due.AT, KeyType.RANGE))
                        .projection(p -> p.projectionType(ProjectionType.KEYS_ONLY))
                        .build())
                .build();
    }

    private static AttributeDefinition attribute(String name, ScalarAttributeType type) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(type)
                .build();
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
