package io.wanspec.functions.access;

import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.EmulatedTables;
import io.wanspec.functions.Stage;
import io.wanspec.functions.access.budget.UsageTable;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.store.TimelineItems;
import io.wanspec.functions.table.DynamoTable;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.TableClient;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The real server, which asks for keys, before toy models and a table of the AWS emulator. */
public final class KeyedStage implements AutoCloseable {
    private static final Duration LONG = Duration.ofSeconds(60);

    public final Stage stage;
    public final KeyStore keys;
    public final UsageTable usage;
    public final TimelineItems timelines;
    private final DynamoDbAsyncClient client;

    public KeyedStage() throws IOException, InterruptedException {
        this(Map.of());
    }

    public KeyedStage(Map<String, Object> more) throws IOException, InterruptedException {
        String name = EmulatedTables.fresh("keyed");
        client = TableClient.of(
                new StoreSettings(
                        "us-east-1",
                        SharedAwsEmulator.endpoint(),
                        name,
                        Duration.ofHours(1),
                        false,
                        Duration.ofSeconds(1)),
                Stage.CREDENTIALS);
        Table table = new DynamoTable(client, name, Clock.systemUTC());
        keys = new KeyStore(table);
        usage = new UsageTable(table);
        timelines = new TimelineItems(table);
        Map<String, Object> properties = new HashMap<>();
        properties.put("wanspec.access.required", "true");
        properties.put("wanspec.sessions.table", name);
        properties.put(
                "wanspec.sessions.endpoint-override",
                SharedAwsEmulator.endpoint().toString());
        properties.put("wanspec.sessions.checkpoint-interval", "20ms");
        properties.putAll(more);
        stage = new Stage(properties).ready();
    }

    /** A key of its own, without limits. */
    public KeySecret key(String owner) {
        return key(owner, Scope.usual(), KeyLimits.none(), PromptRegions.any());
    }

    public KeySecret key(String owner, Set<Scope> scopes, KeyLimits limits, PromptRegions regions) {
        KeySecret secret = KeySecret.draw(Keys.RANDOM);
        keys.create(Keys.of(secret, owner, scopes, limits, regions));
        return secret;
    }

    public HttpResponse<String> get(KeySecret key, String path) throws IOException, InterruptedException {
        return send(with(key, path).GET());
    }

    public HttpResponse<String> post(KeySecret key, String path, String body) throws IOException, InterruptedException {
        return send(posted(key, path, body));
    }

    public HttpRequest.Builder posted(KeySecret key, String path, String body) {
        return with(key, path)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    public HttpRequest.Builder with(KeySecret key, String path) {
        return HttpRequest.newBuilder(stage.uri(path)).timeout(LONG).header("authorization", "Bearer " + key.reveal());
    }

    public HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return stage.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Waits a while for what is about to be true. */
    public static boolean eventually(Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 2_400; i++) {
            if (condition.call()) {
                return true;
            }
            Thread.sleep(25);
        }
        return false;
    }

    @Override
    public void close() {
        stage.close();
        client.close();
    }
}
