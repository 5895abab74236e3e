package io.wanspec.it.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.runtime.server.EmbeddedServer;
import io.wanspec.contracts.relay.TicketSeal;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.emulator.sagemaker.SageMakerEmulator;
import io.wanspec.emulator.sagemaker.SageMakerSettings;
import io.wanspec.emulator.toy.ToyContainer;
import io.wanspec.emulator.toy.ToyDraft;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.emulator.toy.ToyTarget;
import io.wanspec.endpoints.relay.RelayServer;
import io.wanspec.endpoints.relay.RelaySettings;
import io.wanspec.functions.WanSpecFunctions;
import io.wanspec.functions.access.AccessKey;
import io.wanspec.functions.access.KeyLimits;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.KeyStore;
import io.wanspec.functions.access.Scope;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.TableClient;
import io.wanspec.functions.table.TableSchema;
import io.wanspec.functions.workers.WorkerScope;
import io.wanspec.functions.workers.WorkerToken;
import io.wanspec.functions.workers.WorkerTokens;
import io.wanspec.local.worker.SiteWorker;
import io.wanspec.local.worker.WorkerSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The real API and the real relay, before a toy target and no draft but those of workers on site. */
final class SiteStage implements AutoCloseable {
    static final String SITE = "campus";
    static final String KEY = "a key that nobody can guess, as we hope";
    static final TicketSeal SEAL = TicketSeal.of(KEY);
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    final SageMakerEmulator sageMaker = SageMakerEmulator.open(SageMakerSettings.onPort(0));
    final HttpClient client = HttpClient.newHttpClient();
    private final ToyContainer target = ToyContainer.of(new ToyTarget(ToyLanguage.identity("toy-target", 'a'), 2));
    private final EmbeddedServer server;
    private RelayServer relay;

    SiteStage(boolean anyPrompt, boolean requireKeys) throws IOException {
        relay = listen(0);
        sageMaker.endpoints().put("target", target.uri());
        sageMaker.endpoints().put("relay", relayUri());
        server = WanSpecFunctions.start(properties(anyPrompt, requireKeys), CREDENTIALS);
    }

    private static RelayServer listen(int port) throws IOException {
        return RelayServer.listen(RelaySettings.of("127.0.0.1", port), SEAL);
    }

    private URI relayUri() {
        return URI.create("http://127.0.0.1:" + relay.port());
    }

    private Map<String, Object> properties(boolean anyPrompt, boolean requireKeys) {
        String uri = sageMaker.uri().toString();
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.port", -1);
        properties.put("wanspec.target.region", "us-east-1");
        properties.put("wanspec.target.endpoint", "target");
        properties.put("wanspec.target.endpoint-override", uri);
        properties.put(
                "wanspec.workers",
                List.of(Map.of(
                        "id",
                        SITE,
                        "region",
                        "us-east-1",
                        "endpoint",
                        "relay",
                        "endpoint-override",
                        uri,
                        "site",
                        SITE,
                        "site-prompts",
                        anyPrompt ? "any" : "named")));
        properties.put("wanspec.on-site.ticket-key", KEY);
        properties.put("wanspec.on-site.relay.region", "us-east-1");
        properties.put("wanspec.on-site.relay.endpoint", "relay");
        properties.put("wanspec.on-site.relay.endpoint-override", uri);
        properties.put("wanspec.sessions.table", freshTable());
        properties.put(
                "wanspec.sessions.endpoint-override",
                SharedAwsEmulator.endpoint().toString());
        properties.put("wanspec.access.required", String.valueOf(requireKeys));
        return properties;
    }

    private static String freshTable() {
        String name = SharedAwsEmulator.freshName("site");
        var settings = new StoreSettings(
                "us-east-1", SharedAwsEmulator.endpoint(), name, Duration.ofHours(1), false, Duration.ofSeconds(1));
        try (DynamoDbAsyncClient tables = TableClient.of(settings, CREDENTIALS)) {
            TableSchema.createIfAbsent(tables, name);
        }
        return name;
    }

    private Table table() {
        return server.getApplicationContext().getBean(Table.class);
    }

    WorkerTokens tokens() {
        return new WorkerTokens(table());
    }

    /** A token for workers of the site. */
    KeySecret token(int slots, int workers) {
        KeySecret secret = KeySecret.draw(RANDOM);
        tokens().create(new WorkerToken(
                key(secret, Scope.WORKER, PromptRegions.any()), new WorkerScope(SITE, slots, workers, Set.of())));
        return secret;
    }

    /** A key for completions. */
    KeySecret key(PromptRegions regions) {
        KeySecret secret = KeySecret.draw(RANDOM);
        new KeyStore(table()).create(key(secret, Scope.INFERENCE, regions));
        return secret;
    }

    private static AccessKey key(KeySecret secret, Scope scope, PromptRegions regions) {
        return new AccessKey(
                secret.id(),
                secret.hash(),
                "test",
                secret.id(),
                Set.of(scope),
                KeyLimits.none(),
                regions,
                Instant.parse("2026-11-01T12:00:00Z"),
                Optional.empty(),
                Optional.empty());
    }

    RelayServer relay() {
        return relay;
    }

    /** The relay dies, and another one takes its place. */
    void restartRelay() throws IOException {
        int port = relay.port();
        relay.close();
        relay = listen(port);
    }

    static ToyContainer draft() {
        return ToyContainer.of(new ToyDraft(ToyLanguage.identity("toy-draft", 'a'), 1));
    }

    SiteWorker worker(KeySecret token, URI draft, int slots) {
        return SiteWorker.start(settings(token, draft, slots));
    }

    WorkerSettings settings(KeySecret token, URI draft, int slots) {
        URI api = URI.create("http://127.0.0.1:" + server.getPort() + "/v1");
        return new WorkerSettings(api, token.reveal(), draft, slots, Duration.ofSeconds(5));
    }

    /**
     * A whole answer.
     *
     * @param mode of the request; empty: as the server has it
     */
    JsonNode ask(String mode, int tokens, long seed, Optional<KeySecret> key) throws IOException, InterruptedException {
        ObjectNode body = MAPPER.createObjectNode();
        body.put("model", "toy-target");
        body.put("max_tokens", tokens);
        body.put("temperature", 0.8);
        body.put("seed", seed);
        body.putArray("messages").addObject().put("role", "user").put("content", "Why is the sky blue? " + seed);
        ObjectNode wanspec = body.putObject("wanspec");
        wanspec.put("include_token_ids", true);
        if (!mode.isEmpty()) {
            wanspec.put("mode", mode);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getPort() + "/v1/chat/completions"))
                .timeout(Duration.ofMinutes(2))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        key.ifPresent(secret -> request.header("authorization", "Bearer " + secret.reveal()));
        HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        return MAPPER.readTree(answer.body()).at("/wanspec/ledger");
    }

    JsonNode ask(String mode, int tokens, long seed) throws IOException, InterruptedException {
        return ask(mode, tokens, seed, Optional.empty());
    }

    static List<Integer> ids(JsonNode ledger) {
        return StreamSupport.stream(ledger.path("tokenIds").spliterator(), false)
                .map(JsonNode::asInt)
                .toList();
    }

    /** Whether the API takes the site's workers for usable. */
    boolean isAgreed() throws IOException, InterruptedException {
        return state().equals("agreed");
    }

    /** What the API takes the site's workers for. */
    String state() throws IOException, InterruptedException {
        return get("/healthz").at("/drafts/0/state").asText();
    }

    /** The site as a place to draft at. */
    JsonNode place() throws IOException, InterruptedException {
        return get("/v1/wanspec/placement").at("/places/0");
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getPort() + path))
                .build();
        return MAPPER.readTree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    static void eventually(Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 2_400; i++) {
            if (condition.call()) {
                return;
            }
            Thread.sleep(25);
        }
        throw new AssertionError("it did not come about in a minute");
    }

    @Override
    public void close() {
        server.stop();
        relay.close();
        sageMaker.close();
        target.close();
        client.close();
    }
}
