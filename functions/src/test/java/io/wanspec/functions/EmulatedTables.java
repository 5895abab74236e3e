package io.wanspec.functions;

import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.table.TableClient;
import io.wanspec.functions.table.TableSchema;
import java.time.Duration;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Tables of the AWS emulator that tests share. */
public final class EmulatedTables {
    private EmulatedTables() {}

    /** @return the name of a new, empty one */
    public static String fresh(String prefix) {
        String name = SharedAwsEmulator.freshName(prefix);
        var settings = new StoreSettings(
                "us-east-1", SharedAwsEmulator.endpoint(), name, Duration.ofHours(1), false, Duration.ofSeconds(1));
        try (DynamoDbAsyncClient client = TableClient.of(settings, Stage.CREDENTIALS)) {
            TableSchema.createIfAbsent(client, name);
        }
        return name;
    }
}
