package io.wanspec.functions;

import static io.wanspec.functions.LifecycleTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.table.TableSchema;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Sessions in a real table (of the AWS emulator), and what happens without one. */
final class SessionStoreTest {
    /** Nobody listens there: it is no port that a system gives to whoever asks for one. */
    private static final String NOBODY = "http://127.0.0.1:9";

    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CHAT = "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\":"
            + " \"Hello\"}], \"max_tokens\": 30, \"seed\": 3}";
    private static final String TABLE = SharedAwsEmulator.freshName("sessions");
    private static URI uri;
    private static DynamoDbAsyncClient client;

    @BeforeAll
    static void start() {
        uri = SharedAwsEmulator.endpoint();
        client = DynamoDbAsyncClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(uri)
                .credentialsProvider(Stage.CREDENTIALS)
                .build();
        TableSchema.createIfAbsent(client, TABLE);
        TableSchema.createIfAbsent(client, TABLE);
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    @Test
    void aFinishedSessionCanBeLookedUp() throws Exception {
        try (Stage stage = new Stage(Map.of(
                        "wanspec.sessions.table",
                        TABLE,
                        "wanspec.sessions.endpoint-override",
                        uri.toString(),
                        "wanspec.sessions.checkpoint-interval",
                        "20ms"))
                .ready()) {
            var answer = stage.post("/v1/chat/completions", CHAT);
            JsonNode ledger = MAPPER.readTree(answer.body()).at("/wanspec/ledger");
            String path = "/v1/wanspec/sessions/"
                    + answer.headers().firstValue("x-wanspec-session").orElseThrow();

            assertThat(eventually(() -> stage.get(path).body().contains("\"finished\"")))
                    .as(stage.get(path).body())
                    .isTrue();
            JsonNode session = MAPPER.readTree(stage.get(path).body());
            assertThat(session.at("/committed_tokens").asInt())
                    .isEqualTo(ledger.at("/tokens").asInt());
            assertThat(session.at("/ledger")).isEqualTo(ledger);
            assertThat(session.at("/seed").asLong()).isEqualTo(3);
            assertThat(stage.get("/v1/wanspec/sessions/unknown").statusCode()).isEqualTo(404);
        }
    }

    /** It is waited for until the request's time is over. */
    @Test
    void aLostTargetLeavesTheCommittedTokens() throws Exception {
        try (Stage stage = new Stage(Map.of(
                        "wanspec.sessions.table",
                        TABLE,
                        "wanspec.sessions.endpoint-override",
                        uri.toString(),
                        "wanspec.sessions.checkpoint-interval",
                        "20ms",
                        "wanspec.limits.deadline",
                        "12s"))
                .ready()) {
            stage.target.passMillis = 100;
            var call = stage.client.sendAsync(
                    stage.request("/v1/chat/completions", CHAT.replace("30", "4000")),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(eventually(() -> stage.target.passes.get() >= 3)).isTrue();
            stage.kill("target");

            assertThat(call.join().statusCode()).isEqualTo(504);
            assertThat(call.join().body()).contains("it waits for the target");
            String path = "/v1/wanspec/sessions/"
                    + call.join().headers().firstValue("x-wanspec-session").orElseThrow();
            assertThat(eventually(() -> stage.get(path).body().contains("\"failed\"")))
                    .as(stage.get(path).body())
                    .isTrue();
            assertThat(MAPPER.readTree(stage.get(path).body())
                            .at("/committed_tokens")
                            .asInt())
                    .isPositive();
        }
    }

    @Test
    void withoutATableGenerationGoesOn() throws Exception {
        try (Stage stage = new Stage(
                        Map.of("wanspec.sessions.table", "sessions", "wanspec.sessions.endpoint-override", NOBODY))
                .ready()) {
            var answer = stage.post("/v1/chat/completions", CHAT);

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(stage.get("/v1/wanspec/sessions/any").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void whereTheTableIsRequiredNothingGoesOnWithoutIt() throws Exception {
        try (Stage stage = new Stage(Map.of(
                        "wanspec.sessions.table", "sessions",
                        "wanspec.sessions.required", "true",
                        "wanspec.sessions.endpoint-override", NOBODY))
                .ready()) {
            var answer = stage.post("/v1/chat/completions", CHAT);

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("sessions_unavailable");
        }
    }

    /** However a text is asked for: by itself, as events, as a response, to be repeated. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /v1/chat/completions | "messages": [{"role": "user", "content": "Hello"}], "stream": true
                    /v1/completions | "prompt": "Hello"
                    /v1/responses | "input": "Hello", "store": false
                    /v1/responses | "input": "Hello", "store": false, "stream": true
                    /v1/responses | "input": "Hello"
                    """)
    void whereTheTableIsRequiredNoTextEscapesThat(String path, String body) throws Exception {
        try (Stage stage = new Stage(Map.of(
                        "wanspec.sessions.table", "sessions",
                        "wanspec.sessions.required", "true",
                        "wanspec.sessions.endpoint-override", NOBODY))
                .ready()) {
            int passes = stage.target.passes.get();
            var answer = stage.post(path, "{\"model\": \"toy-target\", " + body + "}");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).contains("sessions_unavailable");
            assertThat(stage.target.passes.get()).isEqualTo(passes);
        }
    }
}
