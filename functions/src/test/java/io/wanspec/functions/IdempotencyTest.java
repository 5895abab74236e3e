package io.wanspec.functions;

import static io.wanspec.functions.LifecycleTest.eventually;
import static io.wanspec.functions.TableStage.events;
import static io.wanspec.functions.TableStage.get;
import static io.wanspec.functions.TableStage.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.ApplicationContext;
import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SessionId;
import io.wanspec.emulator.toy.ToyTarget;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.idempotency.AnswerFacts;
import io.wanspec.functions.idempotency.Fingerprint;
import io.wanspec.functions.idempotency.FirstRequest;
import io.wanspec.functions.idempotency.IdempotencyKey;
import io.wanspec.functions.idempotency.IdempotencyStore;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.session.LinkTerms;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.table.Table;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The same key, the same answer, from whatever function, whole or streamed, early or late. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class IdempotencyTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String RESPONSES = "/v1/responses";
    private static TableStage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new TableStage(Map.of());
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @AfterEach
    void quick() {
        stage.stage.target.passMillis = 4;
    }

    static List<Arguments> requests() {
        return List.of(
                Arguments.of(CHAT, chat("\"max_tokens\": 12")),
                Arguments.of(
                        "/v1/completions", "{\"model\": \"toy-target\", \"prompt\": \"Once\", \"max_tokens\": 12}"),
                Arguments.of(
                        "/v1/completions",
                        "{\"model\": \"toy-target\", \"prompt\": \"Once\", \"max_tokens\": 12, \"echo\": true}"),
                Arguments.of(RESPONSES, response("\"max_output_tokens\": 12")),
                Arguments.of(
                        RESPONSES,
                        response(
                                "\"max_output_tokens\": 12, \"stream\": true, \"include\": [\"message.output_text.logprobs\"]")),
                Arguments.of(RESPONSES, response("\"max_output_tokens\": 12, \"store\": false")),
                Arguments.of(RESPONSES, response("\"max_output_tokens\": 12, \"stream\": true")));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void theSameAnswerToTheByte(String path, String body) throws Exception {
        String key = key();
        HttpResponse<String> first = stage.send(keyed(key, path, body));
        HttpResponse<String> second = stage.send(stage.other, keyed(key, path, body));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(second.statusCode()).as(second.body()).isEqualTo(200);
        assertThat(events(second.body())).isEqualTo(events(first.body()));
        assertThat(second.headers().firstValue("x-wanspec-session"))
                .isEqualTo(first.headers().firstValue("x-wanspec-session"));
        assertThat(stage.send(keyed(key(), path, body)).body())
                .as("another key")
                .isNotEqualTo(first.body());
    }

    @Test
    void aChatStreamIsTheSameWhenJoined() throws Exception {
        String key = key();
        String body = chat("\"max_tokens\": 12, \"stream\": true, \"stream_options\": {\"include_usage\": true}");
        List<String> first = events(stage.send(keyed(key, CHAT, body)).body());
        List<String> second =
                events(stage.send(stage.other, keyed(key, CHAT, body)).body());

        assertThat(text(second)).isEqualTo(text(first)).isNotEmpty();
        assertThat(second.getFirst()).isEqualTo(first.getFirst());
        assertThat(second.subList(second.size() - 3, second.size()))
                .isEqualTo(first.subList(first.size() - 3, first.size()));
    }

    @Test
    void manyAtOnceHaveOneAnswer() throws Exception {
        stage.stage.target.passMillis = 20;
        String key = key();
        String body = response("\"max_output_tokens\": 20");
        List<CompletableFuture<HttpResponse<String>>> calls = IntStream.range(0, 6)
                .mapToObj(i -> stage.stage.client.sendAsync(
                        TableStage.at(i % 2 == 0 ? stage.stage.server : stage.other, keyed(key, RESPONSES, body)),
                        HttpResponse.BodyHandlers.ofString()))
                .toList();
        Set<String> answers = new HashSet<>();
        for (var call : calls) {
            assertThat(call.join().statusCode()).as(call.join().body()).isEqualTo(200);
            answers.add(call.join().body());
        }

        assertThat(answers).hasSize(1);
    }

    @Test
    void aClientThatLeftFindsItsAnswerMade() throws Exception {
        stage.stage.target.passMillis = 60;
        String key = key();
        String body = chat("\"max_tokens\": 30, \"stream\": true");
        var answer = stage.stage.client.send(
                TableStage.at(stage.stage.server, keyed(key, CHAT, body)), HttpResponse.BodyHandlers.ofInputStream());
        String session = answer.headers().firstValue("x-wanspec-session").orElseThrow();
        assertThat(answer.body().readNBytes(200)).isNotEmpty();
        answer.body().close();
        stage.stage.target.passMillis = 4;

        HttpResponse<String> again = stage.send(stage.other, keyed(key, CHAT, body));

        assertThat(again.headers().firstValue("x-wanspec-session")).hasValue(session);
        assertThat(again.body()).endsWith("data: [DONE]\n\n");
        assertThat(text(events(again.body())))
                .isEqualTo(text(events(stage.send(post(CHAT, body)).body())));
    }

    @Test
    void anotherRequestMustNotHaveTheKey() throws Exception {
        String key = key();
        String body = response("\"max_output_tokens\": 2");
        assertThat(stage.send(keyed(key, RESPONSES, body)).statusCode()).isEqualTo(200);

        for (HttpRequest.Builder other : List.of(
                keyed(key, RESPONSES, response("\"max_output_tokens\": 3")),
                keyed(key, CHAT, chat("\"max_tokens\": 2")))) {
            HttpResponse<String> answer = stage.send(other);
            assertThat(answer.statusCode()).isEqualTo(422);
            JsonNode error = TableStage.MAPPER.readTree(answer.body()).at("/error");
            assertThat(error.at("/code").textValue()).isEqualTo("idempotency_key_reused");
            assertThat(error.at("/type").textValue()).isEqualTo("invalid_request_error");
        }
    }

    @Test
    void aRefusedRequestLeavesNoTrace() throws Exception {
        String key = key();
        assertThat(stage.send(keyed(key, RESPONSES, response("\"temperature\": 5")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(stage.send(keyed(key, RESPONSES, response("\"max_output_tokens\": 2")))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void anAnswerThatFailedIsMadeAnewWithTheSameSeed() throws Exception {
        try (TableStage fragile = new TableStage(Map.of("wanspec.limits.reopen-attempts", 0))) {
            fragile.stage.target.passMillis = 100;
            String key = key();
            // Greedily, for another seed's text might end by itself.
            String body = """
                    {"model": "toy-target", "input": "Hello", "max_output_tokens": 30, "temperature": 0}""";
            var call = fragile.stage.client.sendAsync(
                    TableStage.at(fragile.stage.server, keyed(key, RESPONSES, body)),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(eventually(() -> fragile.stage.target.passes.get() >= 2)).isTrue();
            fragile.stage.kill("target");
            JsonNode failed = TableStage.MAPPER.readTree(call.join().body());
            assertThat(failed.at("/status").textValue()).isEqualTo("failed");
            fragile.stage.target.passMillis = 4;
            fragile.stage.serve("target", fragile.stage.target);
            fragile.stage.ready();

            JsonNode again = fragile.json(keyed(key, RESPONSES, body));

            assertThat(again.at("/status").textValue()).isEqualTo("incomplete");
            assertThat(again.at("/id")).isNotEqualTo(failed.at("/id"));
            assertThat(again.at("/wanspec/seed")).isEqualTo(failed.at("/wanspec/seed"));
            assertThat(fragile.json(keyed(key, RESPONSES, body))).isEqualTo(again);
            String path = RESPONSES + "/" + failed.at("/id").textValue();
            assertThat(fragile.json(get(path))).isEqualTo(failed);
            JsonNode continued = fragile.json(post(
                    RESPONSES,
                    response("\"previous_response_id\": \"" + failed.at("/id").textValue() + "\"")));
            assertThat(continued.at("/error/message").textValue()).contains("was not finished");
        }
    }

    /** The function that came first is held up for long between its table's answer and its session. */
    @Test
    void aRequestThatIsHeldUpBeforeItsTextBeginsIsNotMadeTwice() throws Exception {
        String key = key();
        String body = chat("\"max_tokens\": 12");
        SessionId session = heldUp(key, body);
        HttpResponse<String> answer = stage.send(keyed(key, CHAT, body));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("x-wanspec-session")).contains(session.value());
        assertThat(TableStage.MAPPER.readTree(answer.body()).at("/choices"))
                .as("the same prompt, options and seed")
                .isEqualTo(stage.json(post(CHAT, body)).at("/choices"));
    }

    /** What it has written by then. */
    private static SessionId heldUp(String key, String body) throws Exception {
        String made = stage.send(post(CHAT, body))
                .headers()
                .firstValue("x-wanspec-session")
                .orElseThrow();
        ApplicationContext context = stage.other.getApplicationContext();
        SessionStore records = context.getBean(SessionStore.class);
        assertThat(eventually(() -> records.find(new SessionId(made)).isPresent()))
                .isTrue();
        var record = records.find(new SessionId(made)).orElseThrow();
        var generation = record.generation();
        var session = new SessionRequest(
                new GenerationRequest(
                        new SessionId("sess_" + key),
                        generation.prompt(),
                        generation.sampling(),
                        generation.maxTokens(),
                        generation.stop()),
                record.head().speculation(),
                record.head().target(),
                List.of(),
                new LinkTerms(ProtocolVersion.CURRENT, Map.of(), null),
                Account.nobody(),
                System.nanoTime());
        long longAgo = Instant.now().minusSeconds(60).getEpochSecond();
        var first = new FirstRequest(
                Fingerprint.of("POST", CHAT, body.getBytes(StandardCharsets.UTF_8)), AnswerFacts.of(session, longAgo));
        Clock then = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(-1));
        var settings =
                Objects.requireNonNull(context.getBean(WanSpecSettings.class).store());
        try (var store = new SessionStore(context.getBean(Table.class), settings, then)) {
            context.getBean(IdempotencyStore.class)
                    .claim(
                            Ownership.nobody(),
                            new IdempotencyKey(key),
                            first,
                            Optional.empty(),
                            change -> store.reserve(session, change));
        }
        return session.generation().session();
    }

    @Test
    void anAnswerOfTheModelBeforeIsNotJoinedByOneOfTheModelAfter() throws Exception {
        try (TableStage replaced = new TableStage(Map.of())) {
            replaced.stage.target.passMillis = 60;
            String key = key();
            String body = chat("\"max_tokens\": 40, \"stream\": true");
            var first = replaced.stage.client.sendAsync(
                    TableStage.at(replaced.stage.server, keyed(key, CHAT, body)), HttpResponse.BodyHandlers.ofString());
            assertThat(eventually(() -> replaced.stage.target.passes.get() >= 2))
                    .isTrue();
            replaced.stage.serve("target", new ToyTarget(TableStage.replacing('c', 'a'), 4, ProtocolVersion.CURRENT));
            replaced.other
                    .getApplicationContext()
                    .getBean(Endpoints.class)
                    .refresh(Duration.ZERO, Duration.ofSeconds(20));
            HttpResponse<String> early = replaced.send(replaced.other, keyed(key, CHAT, body));
            assertThat(early.statusCode()).as(early.body()).isEqualTo(409);
            assertThat(early.body()).contains("idempotent_request_in_progress", "was replaced");
            assertThat(early.headers().firstValue("retry-after")).isPresent();
            replaced.stage.target.passMillis = 1;
            String whole = text(events(first.join().body()));
            HttpResponse<String> late = replaced.send(replaced.other, keyed(key, CHAT, body));
            assertThat(late.statusCode()).as(late.body()).isEqualTo(200);
            assertThat(text(events(late.body()))).as("told again, as it was").isEqualTo(whole);
        }
    }

    @Test
    void whatTheModelBeforeLeftUnfinishedIsMadeAnew() throws Exception {
        try (TableStage replaced = new TableStage(Map.of())) {
            replaced.stage.target.passMillis = 60;
            String key = key();
            String body = chat("\"max_tokens\": 40, \"stream\": true");
            var left = replaced.stage.client.send(
                    TableStage.at(replaced.stage.server, keyed(key, CHAT, body)),
                    HttpResponse.BodyHandlers.ofInputStream());
            String session = left.headers().firstValue("x-wanspec-session").orElseThrow();
            assertThat(left.body().readNBytes(200)).isNotEmpty();
            left.body().close();
            SessionStore records = replaced.other.getApplicationContext().getBean(SessionStore.class);
            assertThat(eventually(() -> records.isLapsed(
                            records.head(new SessionId(session)).orElseThrow())))
                    .isTrue();
            var other = new ToyTarget(TableStage.replacing('c', 'a'), 4, ProtocolVersion.CURRENT);
            replaced.stage.replace("target", other);
            replaced.other
                    .getApplicationContext()
                    .getBean(Endpoints.class)
                    .refresh(Duration.ZERO, Duration.ofSeconds(20));
            HttpResponse<String> again = replaced.send(replaced.other, keyed(key, CHAT, body));
            while (again.statusCode() == 409) {
                // As the answer says: a lease that was given back is left alone for as long as clocks may differ.
                TimeUnit.MILLISECONDS.sleep(200);
                again = replaced.send(replaced.other, keyed(key, CHAT, body));
            }
            assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
            assertThat(again.headers().firstValue("x-wanspec-session").orElseThrow())
                    .isNotEqualTo(session);
            assertThat(again.body()).endsWith("data: [DONE]\n\n");
            assertThat(records.find(new SessionId(session)).orElseThrow().failure())
                    .contains("was replaced");
        }
    }

    @Test
    void cancellingTwiceIsCancellingOnce() throws Exception {
        String id = stage.json(post(RESPONSES, response("\"background\": true")))
                .at("/id")
                .textValue();
        String key = key();
        String path = RESPONSES + "/" + id + "/cancel";
        HttpResponse<String> first = stage.send(keyed(key, path, ""));

        assertThat(first.statusCode()).as(first.body()).isEqualTo(200);
        assertThat(stage.send(keyed(key, path, "")).body()).isEqualTo(first.body());
        assertThat(stage.send(keyed(key, RESPONSES, response("\"max_output_tokens\": 2")))
                        .statusCode())
                .isEqualTo(422);
    }

    @Test
    void backgroundWorkIsQueuedOnce() throws Exception {
        String key = key();
        String body = response("\"background\": true, \"max_output_tokens\": 5");
        JsonNode first = stage.json(keyed(key, RESPONSES, body));
        assertThat(stage.json(keyed(key, RESPONSES, body))).isEqualTo(first);
        stage.work(first.at("/id").textValue());

        assertThat(eventually(() -> stage.json(keyed(key, RESPONSES, body))
                        .at("/status")
                        .textValue()
                        .equals("incomplete")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", ""})
    void keysThatAreNone(String key) throws Exception {
        HttpResponse<String> answer = stage.send(keyed(key, CHAT, chat("\"max_tokens\": 2")));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("1 to 255");
    }

    @Test
    void withoutATableTheHeaderIsRefused() throws Exception {
        try (Stage bare = new Stage(Map.of()).ready()) {
            HttpResponse<String> answer = bare.client.send(
                    HttpRequest.newBuilder(bare.uri(CHAT))
                            .header("content-type", "application/json")
                            .header("Idempotency-Key", key())
                            .POST(HttpRequest.BodyPublishers.ofString(chat("\"max_tokens\": 2")))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains("needs a table");
        }
    }

    private static HttpRequest.Builder keyed(String key, String path, String body) {
        return post(path, body).header("Idempotency-Key", key);
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }

    private static String chat(String options) {
        return "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], \"seed\": 4, "
                + options + "}";
    }

    private static String response(String options) {
        return "{\"model\": \"toy-target\", \"input\": \"Hello\", " + options + "}";
    }

    private static String text(List<String> chunks) throws Exception {
        StringBuilder text = new StringBuilder();
        for (String chunk : chunks) {
            String data = chunk.substring("data: ".length());
            if (!data.equals("[DONE]")) {
                text.append(TableStage.MAPPER
                        .readTree(data)
                        .at("/choices/0/delta/content")
                        .asText(""));
            }
        }
        return text.toString();
    }
}
