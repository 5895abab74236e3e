package io.wanspec.cli;

import io.wanspec.functions.access.KeyStore;
import io.wanspec.functions.access.budget.UsageTable;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.table.DynamoTable;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.TableClient;
import io.wanspec.functions.workers.WorkerTokens;
import io.wanspec.local.launch.LaunchException;
import io.wanspec.local.launch.LocalTable;
import io.wanspec.local.models.WanspecHome;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The table of keys that a command works on, opened. */
final class KeyTable implements AutoCloseable {
    private final DynamoDbAsyncClient client;
    private final Table table;

    private KeyTable(String name, String region, @Nullable URI endpoint, AwsCredentialsProvider credentials) {
        var settings = new StoreSettings(
                region,
                endpoint,
                name,
                StoreSettings.TIME_TO_LIVE_DEFAULT,
                false,
                StoreSettings.CHECKPOINT_INTERVAL_DEFAULT);
        client = TableClient.of(settings, credentials);
        table = new DynamoTable(client, name, Clock.systemUTC());
    }

    /** Of the local cloud that runs; its services check no credentials. */
    static KeyTable local(WanspecHome home) throws LaunchException {
        LocalTable local = LocalTable.find(home)
                .orElseThrow(() -> new LaunchException(
                        "no local cloud runs. Start one with './wanspec up --require-keys', or name a table with --table and"
                                + " --region"));
        var anybody = StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        return new KeyTable(local.name(), local.region(), local.endpoint(), anybody);
    }

    /** One in AWS, or behind another address, with the credentials that AWS's own tools would use. */
    static KeyTable named(String name, String region, @Nullable URI endpoint) {
        return new KeyTable(
                name, region, endpoint, DefaultCredentialsProvider.builder().build());
    }

    KeyStore keys() {
        return new KeyStore(table);
    }

    WorkerTokens workerTokens() {
        return new WorkerTokens(table);
    }

    UsageTable usage() {
        return new UsageTable(table);
    }

    @Override
    public void close() {
        client.close();
    }
}
