package io.wanspec.local.launch;

import io.wanspec.functions.table.TableSchema;
import java.net.URI;
import java.util.concurrent.CompletionException;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Makes in the local services what a deployment makes in AWS: the sessions' table. */
final class Provisioning {
    static final String TABLE = "wanspec-sessions";

    private Provisioning() {}

    /** Credentials that the local services take; they check none. */
    static AwsCredentialsProvider credentials() {
        return StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
    }

    /** @throws CompletionException if the service refuses */
    static void makeTable(URI tables, String region) {
        try (DynamoDbAsyncClient client = DynamoDbAsyncClient.builder()
                .endpointOverride(tables)
                .region(Region.of(region))
                .credentialsProvider(credentials())
                .build()) {
            TableSchema.createIfAbsent(client, TABLE);
        }
    }
}
