package io.wanspec.local.functions;

import io.wanspec.functions.table.TableSchema;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The one table. */
public final class SessionsTable {
    public static final String NAME = "wanspec-sessions";

    private SessionsTable() {}

    /** Makes it unless it is there. */
    public static void make(LocalAws aws) {
        try (DynamoDbAsyncClient client = aws.client(DynamoDbAsyncClient.builder())) {
            TableSchema.createIfAbsent(client, NAME);
        }
    }
}
