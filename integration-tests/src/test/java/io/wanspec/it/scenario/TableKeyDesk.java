package io.wanspec.it.scenario;

import io.wanspec.functions.access.AccessKey;
import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.KeyStore;
import io.wanspec.functions.access.Scope;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.table.DynamoTable;
import io.wanspec.functions.table.TableClient;
import io.wanspec.local.functions.LocalAws;
import io.wanspec.local.launch.LocalTable;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Makes keys in the table of a deployment on this machine, as {@code ./wanspec key} does. */
final class TableKeyDesk implements KeyDesk, AutoCloseable {
    private final SecureRandom random = new SecureRandom();
    private final String region;
    private final DynamoDbAsyncClient client;
    private final KeyStore keys;

    TableKeyDesk(LocalTable table) {
        this(new StoreSettings(
                table.region(),
                table.endpoint(),
                table.name(),
                StoreSettings.TIME_TO_LIVE_DEFAULT,
                false,
                StoreSettings.CHECKPOINT_INTERVAL_DEFAULT));
    }

    TableKeyDesk(StoreSettings settings) {
        region = settings.region();
        client = TableClient.of(settings, LocalAws.credentials());
        keys = new KeyStore(new DynamoTable(client, settings.table(), Clock.systemUTC()));
    }

    @Override
    public Made make(String owner, KeyLimits limits, PromptRegions regions) {
        KeySecret secret = KeySecret.draw(random);
        keys.create(new AccessKey(
                secret.id(),
                secret.hash(),
                "scenario",
                owner,
                Scope.usual(),
                limits,
                regions,
                Instant.now(),
                Optional.empty(),
                Optional.empty()));
        return new Made(secret.id(), secret.reveal());
    }

    @Override
    public void revoke(Made key) {
        var _ = keys.revoke(key.id(), Instant.now()).orElseThrow();
    }

    @Override
    public String targetRegion() {
        return region;
    }

    @Override
    public void close() {
        client.close();
    }
}
