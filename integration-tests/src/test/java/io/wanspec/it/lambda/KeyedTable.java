package io.wanspec.it.lambda;

import io.wanspec.emulator.aws.SharedAwsEmulator;
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
import io.wanspec.local.functions.SessionsTable;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** A table with keys in it, for functions that look them up. */
final class KeyedTable implements AutoCloseable {
    static final String REGION = "us-east-1";

    private final SecureRandom random = new SecureRandom();
    private final String name = SharedAwsEmulator.freshName("keys");
    private final URI endpoint;
    private final DynamoDbAsyncClient client;
    private final KeyStore keys;

    KeyedTable(URI endpoint) {
        this.endpoint = endpoint;
        var settings = new StoreSettings(REGION, endpoint, name, Duration.ofHours(1), true, Duration.ofMillis(100));
        client = TableClient.of(settings, LocalAws.credentials());
        SessionsTable.make(new LocalAws(endpoint, REGION), name);
        keys = new KeyStore(new DynamoTable(client, name, Clock.systemUTC()));
    }

    /** A key that opens these. */
    KeySecret create(Scope... scopes) {
        KeySecret secret = KeySecret.draw(random);
        keys.create(new AccessKey(
                secret.id(),
                secret.hash(),
                "test",
                "team",
                Set.of(scopes),
                KeyLimits.none(),
                PromptRegions.any(),
                Instant.now(),
                Optional.empty(),
                Optional.empty()));
        return secret;
    }

    /** One that nobody has made. */
    KeySecret unknown() {
        return KeySecret.draw(random);
    }

    void revoke(KeySecret key) {
        keys.revoke(key.id(), Instant.now());
    }

    /** A function's settings. */
    Map<String, String> environment() {
        return Map.of(
                "WANSPEC_SESSIONS_TABLE",
                name,
                "WANSPEC_SESSIONS_ENDPOINT_OVERRIDE",
                endpoint.toString(),
                "WANSPEC_SESSIONS_REQUIRED",
                "true");
    }

    @Override
    public void close() {
        client.close();
    }
}
