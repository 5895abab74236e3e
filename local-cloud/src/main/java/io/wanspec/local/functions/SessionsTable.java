package io.wanspec.local.functions;

import io.wanspec.functions.table.TableSchema;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The one table. */
public final class SessionsTable {
    public static final String NAME = "wanspec-sessions";

    /** A call's limit is meant for requests; while everything starts at once on few cores, the first may take longer. */
    private static final int TRIES_MAX = 12;

    private SessionsTable() {}

    /** Makes it unless it is there. */
    public static void make(LocalAws aws) {
        make(aws, NAME);
    }

    /** Makes another one like it. */
    public static void make(LocalAws aws, String name) {
        try (DynamoDbAsyncClient client = aws.client(DynamoDbAsyncClient.builder())) {
            for (int tries = 1; ; tries++) {
                try {
                    TableSchema.createIfAbsent(client, name);
                    return;
                } catch (SdkClientException late) {
                    if (tries == TRIES_MAX) {
                        throw late;
                    }
                }
            }
        }
    }
}
