package io.wanspec.functions;

import static io.wanspec.functions.LifecycleTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests for several texts: each is what a request for it alone would get. */
final class ManyTextsTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CHAT = "/v1/chat/completions";
    private static final String TEXT = "/v1/completions";
    private static final int PLACES = 6;
    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of("wanspec.limits.max-sessions", PLACES)).ready();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @ParameterizedTest
    @CsvSource({"wanspec", "target-only"})
    void theFirstIsThatOfOneAndTheOthersHaveSeedsOfTheirOwn(String mode) throws Exception {
        String how = "\"seed\": 5, \"wanspec\": {\"mode\": \"" + mode + "\"}";
        JsonNode three = ok(CHAT, chat(how + ", \"n\": 3"));
        JsonNode one = ok(CHAT, chat(how));

        assertThat(three.at("/choices")).hasSize(3);
        assertThat(three.at("/choices/0")).isEqualTo(one.at("/choices/0"));
        assertThat(three.at("/wanspec/choices/0/seed").asLong()).isEqualTo(5);
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            assertThat(three.at("/choices/" + i + "/index").asInt()).isEqualTo(i);
            long seed = three.at("/wanspec/choices/" + i + "/seed").asLong();
            String text = three.at("/choices/" + i + "/message/content").asText();
            assertThat(ok(CHAT, chat("\"seed\": " + seed))
                            .at("/choices/0/message/content")
                            .asText())
                    .isEqualTo(text);
            texts.add(text);
        }
        assertThat(texts).hasSize(3);
        assertThat(three.at("/usage/prompt_tokens")).isEqualTo(one.at("/usage/prompt_tokens"));
        assertThat(three.at("/usage/completion_tokens").asInt())
                .isEqualTo(3 * one.at("/usage/completion_tokens").asInt());
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void streamedTheyComeSideBySide(boolean usage) throws Exception {
        String body =
                chat("\"seed\": 5, \"n\": 3, \"stream\": true, \"stream_options\": {\"include_usage\": " + usage + "}");
        List<String> lines = stage.post(CHAT, body)
                .body()
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        JsonNode whole = ok(CHAT, chat("\"seed\": 5, \"n\": 3"));

        assertThat(lines).endsWith("data: [DONE]");
        StringBuilder[] texts = {new StringBuilder(), new StringBuilder(), new StringBuilder()};
        int[] ends = new int[3];
        int[] roles = new int[3];
        Set<String> names = new HashSet<>();
        JsonNode last = MAPPER.nullNode();
        for (String line : lines.subList(0, lines.size() - 1)) {
            last = MAPPER.readTree(line.substring(6));
            names.add(last.at("/id").asText());
            for (JsonNode choice : last.at("/choices")) {
                int index = choice.at("/index").asInt();
                texts[index].append(choice.at("/delta/content").asText(""));
                ends[index] += choice.at("/finish_reason").isNull() ? 0 : 1;
                roles[index] += choice.at("/delta").has("role") ? 1 : 0;
            }
        }
        assertThat(names).hasSize(1);
        assertThat(ends).containsExactly(1, 1, 1);
        assertThat(roles).containsExactly(1, 1, 1);
        for (int i = 0; i < 3; i++) {
            assertThat(texts[i].toString())
                    .isEqualTo(whole.at("/choices/" + i + "/message/content").asText());
        }
        assertThat(last.at("/choices").isEmpty()).isEqualTo(usage);
        assertThat(last.at("/usage").isObject()).isEqualTo(usage);
        if (usage) {
            assertThat(last.at("/usage")).isEqualTo(whole.at("/usage"));
            assertThat(last.at("/wanspec/choices")).hasSize(3);
        }
    }

    @Test
    void severalPromptsOfWordsAndOfTokens() throws Exception {
        JsonNode both = ok(TEXT, text("[\"Once\", \"Twice\"]", "\"seed\": 5, \"n\": 2"));
        assertThat(both.at("/choices")).hasSize(4);
        assertThat(both.at("/choices/0/text"))
                .isEqualTo(ok(TEXT, text("\"Once\"", "\"seed\": 5")).at("/choices/0/text"));
        assertThat(both.at("/choices/2/text"))
                .isEqualTo(ok(TEXT, text("\"Twice\"", "\"seed\": 5")).at("/choices/0/text"));
        assertThat(both.at("/usage/prompt_tokens").asInt()).isEqualTo("Once".length() + "Twice".length());
        assertThat(both.at("/wanspec/choices/1/seed")).isEqualTo(both.at("/wanspec/choices/3/seed"));

        // The toy's words: one for each character.
        StringBuilder ids = new StringBuilder();
        "Once".chars().forEach(c -> ids.append(ids.isEmpty() ? "" : ", ").append(1 + c % 96));
        JsonNode words = ok(TEXT, text("\"Once\"", "\"seed\": 5"));
        assertThat(ok(TEXT, text("[" + ids + "]", "\"seed\": 5")).at("/choices"))
                .isEqualTo(words.at("/choices"));
        JsonNode twice = ok(TEXT, text("[[" + ids + "], [7]]", "\"seed\": 5"));
        assertThat(twice.at("/choices/0")).isEqualTo(words.at("/choices/0"));
        assertThat(twice.at("/choices")).hasSize(2);
    }

    @Test
    void theEchoOfAPrompt() throws Exception {
        String plain =
                ok(TEXT, text("\"Once\"", "\"seed\": 5")).at("/choices/0/text").asText();
        JsonNode echoed = ok(TEXT, text("[\"Once\", \"Twice\"]", "\"seed\": 5, \"echo\": true, \"best_of\": 1"));
        assertThat(echoed.at("/choices/0/text").asText()).isEqualTo("Once" + plain);
        assertThat(echoed.at("/choices/1/text").asText()).startsWith("Twice w");

        String stream = stage.post(TEXT, text("\"Once\"", "\"seed\": 5, \"echo\": true, \"stream\": true"))
                .body();
        StringBuilder joined = new StringBuilder();
        for (String line :
                stream.lines().filter(line -> line.startsWith("data: {")).toList()) {
            joined.append(
                    MAPPER.readTree(line.substring(6)).at("/choices/0/text").asText());
        }
        assertThat(joined.toString()).isEqualTo("Once" + plain);
    }

    /** All or none. */
    @Test
    void moreThanThereIsRoomForLeaveNothing() throws Exception {
        assertThat(stage.post(CHAT, chat("\"n\": " + (PLACES + 1))).statusCode())
                .isEqualTo(429);
        assertThat(eventually(() -> stage.get("/healthz").body().contains("\"sessions\":0")))
                .isTrue();
        assertThat(ok(CHAT, chat("\"n\": " + PLACES)).at("/choices")).hasSize(PLACES);
    }

    @Test
    void aKeyStandsForOneText() throws Exception {
        var request = HttpRequest.newBuilder(stage.uri(CHAT))
                .header("content-type", "application/json")
                .header("Idempotency-Key", "k")
                .POST(HttpRequest.BodyPublishers.ofString(chat("\"n\": 2")))
                .build();
        assertThat(stage.client
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(400);
    }

    private static JsonNode ok(String path, String body) throws Exception {
        var answer = stage.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private static String chat(String options) {
        return "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], \"max_tokens\": 12, "
                + options + "}";
    }

    private static String text(String prompt, String options) {
        return "{\"model\": \"toy-target\", \"prompt\": " + prompt + ", \"max_tokens\": 12, " + options + "}";
    }
}
