package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.responses.ResponseCreateParams;
import com.openai.models.responses.ResponseStreamEvent;
import io.wanspec.contracts.timeline.TimelineCodec;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.contracts.timeline.TimelineToken;
import io.wanspec.contracts.timeline.TokenSource;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timelines of the real server's sessions: in streams, and afterwards. */
final class TimelineTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String MARK = ": wanspec-timeline ";
    private static final int TOKENS = 24;
    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of()).ready();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wanspec", "colocated", "target-only"})
    void everySessionHasOneWithEveryTokenOnceAndNoText(String mode) throws Exception {
        String session = session(stage.post(CHAT, body(mode, "", false)));

        HttpResponse<String> answer = stage.get(path(session));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/x-ndjson"));
        List<TimelineEvent> events = TimelineCodec.decodeAll(answer.body());
        assertThat(events).hasSameSizeAs(answer.body().lines().toList());
        assertThat(events.getFirst()).isInstanceOfSatisfying(TimelineEvent.Begin.class, begin -> {
            assertThat(begin.session()).isEqualTo(session);
            assertThat(begin.mode()).isEqualTo(mode);
            assertThat(begin.region()).isEqualTo("us-east-1");
            assertThat(begin.workers())
                    .extracting(TimelineEvent.Drafter::region)
                    .contains("eu-west-1");
            assertThat(begin.text()).isFalse();
        });
        assertThat(events.getLast()).isInstanceOfSatisfying(TimelineEvent.End.class, end -> {
            assertThat(end.finishReason()).isEqualTo("length");
            JsonNode ledger = Objects.requireNonNull(end.ledger());
            assertThat(ledger.path("tokens").asInt()).isEqualTo(TOKENS);
            assertThat(ledger.has("text")).isFalse();
            assertThat(ledger.path("targetPasses").asInt())
                    .isEqualTo(passes(events).size());
        });
        assertThat(tokens(events)).hasSize(TOKENS).allSatisfy(token -> {
            assertThat(token.id()).isNull();
            assertThat(token.text()).isNull();
        });
        if (mode.equals("target-only")) {
            assertThat(tokens(events)).extracting(TimelineToken::source).containsOnly(TokenSource.TARGET);
        }
        if (mode.equals("colocated")) {
            assertThat(tokens(events))
                    .extracting(TimelineToken::source)
                    .containsAnyOf(TokenSource.BUSY)
                    .doesNotContain(TokenSource.REMOTE);
        }
    }

    @Test
    void aStreamHasItsEventsBeforeTheTextThatTheySpeakOf() throws Exception {
        List<String> lines = stage.post(CHAT, body("wanspec", "\"timeline\": \"text\"", true))
                .body()
                .lines()
                .toList();
        StringBuilder told = new StringBuilder();
        StringBuilder streamed = new StringBuilder();
        List<TimelineEvent> events = new ArrayList<>();
        for (String line : lines) {
            if (line.startsWith(MARK)) {
                TimelineEvent event =
                        TimelineCodec.decode(line.substring(MARK.length())).orElseThrow();
                events.add(event);
                told.append(text(List.of(event)));
            } else if (line.startsWith("data: {")) {
                streamed.append(TableStage.MAPPER
                        .readTree(line.substring(6))
                        .at("/choices/0/delta/content")
                        .asText(""));
                assertThat(told.toString()).startsWith(streamed);
            }
        }
        assertThat(events.getFirst()).isInstanceOf(TimelineEvent.Begin.class);
        assertThat(events.getLast()).isInstanceOf(TimelineEvent.End.class);
        assertThat(told.toString()).isEqualTo(streamed.toString());
        assertThat(lines.indexOf(last(lines, MARK))).isLessThan(lines.indexOf(last(lines, "data: {")));
        assertThat(streamed.toString())
                .isEqualTo(Asked.text(stage.post(CHAT, body("wanspec", "", true))
                        .body()
                        .lines()
                        .toList()));
        assertThat(tokens(events))
                .hasSize(TOKENS)
                .allSatisfy(token -> assertThat(token.id()).isNotNull());
    }

    private static String last(List<String> lines, String prefix) {
        return lines.stream()
                .filter(line -> line.startsWith(prefix))
                .reduce((_, next) -> next)
                .orElseThrow();
    }

    @Test
    void withoutBeingAskedAStreamHasNone() throws Exception {
        assertThat(stage.post(CHAT, body("wanspec", "", true)).body()).doesNotContain("timeline");
        assertThat(stage.post(CHAT, body("wanspec", "\"timeline\": \"none\"", true))
                        .body())
                .doesNotContain("timeline");
        String events = stage.post(CHAT, body("wanspec", "\"timeline\": \"events\"", true))
                .body();
        assertThat(events).contains(MARK);
        assertThat(events.lines().filter(line -> line.startsWith(MARK)).map(line -> line.substring(MARK.length())))
                .noneMatch(line -> line.contains("\"text\":\""));
    }

    @Test
    void theEventsOfSeveralTextsSayWhoseTheyAre() throws Exception {
        String stream = stage.post(
                        CHAT,
                        body("wanspec", "\"timeline\": \"events\"", true).replace("{\"model", "{\"n\": 2, \"model"))
                .body();
        assertThat(stream).contains("data: [DONE]");
        for (int choice = 0; choice < 2; choice++) {
            String mark = MARK + "{\"choice\":" + choice + ",";
            List<TimelineEvent> events = stream.lines()
                    .filter(line -> line.startsWith(mark))
                    .map(line ->
                            TimelineCodec.decode(line.substring(MARK.length())).orElseThrow())
                    .toList();
            assertThat(events.getFirst()).isInstanceOf(TimelineEvent.Begin.class);
            assertThat(events.getLast()).isInstanceOf(TimelineEvent.End.class);
            assertThat(tokens(events)).hasSize(TOKENS);
        }
    }

    @Test
    void theTargetsOwnWordOnATokenIsThereWhereLogprobsWereAskedFor() throws Exception {
        String session = session(stage.post(
                CHAT,
                body("wanspec", "", false).replace("{\"model", "{\"logprobs\": true, \"top_logprobs\": 3, \"model")));
        assertThat(tokens(TimelineCodec.decodeAll(stage.get(path(session)).body())))
                .hasSize(TOKENS)
                .allSatisfy(token -> assertThat(token.logprob()).isNotNull().isNotPositive());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sess_00000000000000000000000000000000", "no%20id", "x"})
    void whatIsNotThereIsNotFound(String id) throws Exception {
        HttpResponse<String> answer = stage.get("/v1/wanspec/sessions/" + id + "/timeline");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("timeline_not_found");
    }

    @Test
    void aWishThatIsNoneIsRefusedByName() throws Exception {
        HttpResponse<String> answer = stage.post(CHAT, body("wanspec", "\"timeline\": \"all\"", false));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("wanspec.timeline", "none, events, text");
    }

    @Test
    void openAisClientReadsStreamsWithEvents() {
        OpenAIClient client = OpenAIOkHttpClient.builder()
                .baseUrl(stage.uri("/v1").toString())
                .apiKey("unused")
                .responseValidation(true)
                .build();
        try {
            assertThat(chatted(client)).isNotEmpty();
            List<ResponseStreamEvent> events = responded(client);
            events.forEach(ResponseStreamEvent::validate);
            assertThat(events.getLast().incomplete()).isPresent();
        } finally {
            client.close();
        }
    }

    @SuppressWarnings("deprecation") // its seed
    private static String chatted(OpenAIClient client) {
        var text = new StringBuilder();
        var chat = ChatCompletionCreateParams.builder()
                .model(Stage.MODEL)
                .addUserMessage("Hello")
                .maxCompletionTokens(TOKENS)
                .seed(11)
                .putAdditionalBodyProperty("wanspec", JsonValue.from(Map.of("timeline", "text")))
                .build();
        try (var stream = client.chat().completions().createStreaming(chat)) {
            stream.stream().forEach(chunk -> {
                chunk.validate();
                chunk.choices().forEach(choice -> choice.delta().content().ifPresent(text::append));
            });
        }
        return text.toString();
    }

    private static List<ResponseStreamEvent> responded(OpenAIClient client) {
        var response = ResponseCreateParams.builder()
                .model(Stage.MODEL)
                .input("Hello")
                .store(false)
                .maxOutputTokens(TOKENS)
                .putAdditionalBodyProperty("wanspec", JsonValue.from(Map.of("timeline", "events")))
                .build();
        try (var stream = client.responses().createStreaming(response)) {
            return stream.stream().toList();
        }
    }

    @Test
    void aResponsesStreamHasThemToo() throws Exception {
        String stream = stage.post(
                        "/v1/responses",
                        "{\"model\": \"toy-target\", \"input\": \"Hello\", \"store\": false, \"max_output_tokens\": "
                                + TOKENS + ", \"stream\": true, \"wanspec\": {\"timeline\": \"events\"}}")
                .body();
        List<TimelineEvent> events = stream.lines()
                .filter(line -> line.startsWith(MARK))
                .map(line -> TimelineCodec.decode(line.substring(MARK.length())).orElseThrow())
                .toList();
        assertThat(tokens(events)).hasSize(TOKENS);
        assertThat(events.getLast()).isInstanceOf(TimelineEvent.End.class);
        assertThat(stream.lastIndexOf(MARK)).isLessThan(stream.indexOf("event: response.incomplete"));
    }

    private static String body(String mode, String wish, boolean stream) {
        return "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], \"max_tokens\": "
                + TOKENS + ", \"seed\": 7, \"stream\": " + stream + ", \"wanspec\": {\"mode\": \"" + mode + "\""
                + (wish.isEmpty() ? "" : ", " + wish) + "}}";
    }

    private static String path(String session) {
        return "/v1/wanspec/sessions/" + session + "/timeline";
    }

    private static String session(HttpResponse<String> answer) throws IOException {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.headers().firstValue("x-wanspec-session").orElseThrow();
    }

    private static List<TimelineEvent.Pass> passes(List<TimelineEvent> events) {
        return events.stream()
                .filter(TimelineEvent.Pass.class::isInstance)
                .map(TimelineEvent.Pass.class::cast)
                .toList();
    }

    private static List<TimelineToken> tokens(List<TimelineEvent> events) {
        return passes(events).stream().flatMap(pass -> pass.tokens().stream()).toList();
    }

    private static String text(List<TimelineEvent> events) {
        return tokens(events).stream()
                .map(TimelineToken::text)
                .filter(Objects::nonNull)
                .collect(Collectors.joining());
    }
}
