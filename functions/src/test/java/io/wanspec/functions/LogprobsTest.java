package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How likely tokens were: beside the text that is returned, in every mode, streamed or not. */
final class LogprobsTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CHAT = "/v1/chat/completions";
    private static final String TEXT = "/v1/completions";
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
    void asManyEntriesAsTokensAndTheSameInEveryMode(String mode) throws Exception {
        for (int tokens : new int[] {8, 9, 10}) {
            String options = "\"max_tokens\": " + tokens + ", \"logprobs\": true, \"top_logprobs\": 3";
            JsonNode answer = ok(CHAT, chat(options, mode));
            JsonNode entries = answer.at("/choices/0/logprobs/content");

            assertThat(entries).hasSize(tokens);
            assertThat(entries.get(0).at("/top_logprobs")).hasSize(3);
            assertThat(entries.get(0).at("/top_logprobs/0/logprob").asDouble()).isNegative();
            assertThat(joined(entries)).isEqualTo(text(answer));
            assertThat(entries).isEqualTo(ok(CHAT, chat(options, "target-only")).at("/choices/0/logprobs/content"));
        }
    }

    @ParameterizedTest
    @CsvSource({"wanspec, 0", "target-only, 0", "wanspec, 5"})
    void streamedTheyAreThoseOfTheWhole(String mode, int top) throws Exception {
        String options = "\"max_tokens\": 24, \"logprobs\": true, \"top_logprobs\": " + top;
        ArrayNode entries = MAPPER.createArrayNode();
        for (JsonNode chunk : stream(CHAT, chat(options + ", \"stream\": true", mode))) {
            JsonNode some = chunk.at("/choices/0/logprobs/content");
            assertThat(joined(some))
                    .isEqualTo(chunk.at("/choices/0/delta/content").asText(""));
            entries.addAll((ArrayNode) (some.isArray() ? some : MAPPER.createArrayNode()));
        }
        assertThat(entries).isEqualTo(ok(CHAT, chat(options, mode)).at("/choices/0/logprobs/content"));
    }

    /** "count to 20": what a stop string cuts off has no entry, streamed or not. */
    @ParameterizedTest
    @ValueSource(strings = {"wanspec", "colocated", "target-only"})
    void whatIsCutOffHasNone(String mode) throws Exception {
        String whole = text(ok(CHAT, chat("\"max_tokens\": 30", mode)));
        String stop = whole.substring(20, 27);
        String options = "\"max_tokens\": 30, \"logprobs\": true, \"stop\": \"" + stop + "\"";
        JsonNode cut = ok(CHAT, chat(options, mode));
        String shown = whole.substring(0, whole.indexOf(stop));

        assertThat(text(cut)).isEqualTo(shown);
        // The last of them may be shown in part.
        String told = joined(cut.at("/choices/0/logprobs/content"));
        assertThat(told).startsWith(shown);
        assertThat(told.length() - shown.length()).isLessThan(4);
        ArrayNode entries = MAPPER.createArrayNode();
        for (JsonNode chunk : stream(CHAT, chat(options + ", \"stream\": true", mode))) {
            chunk.at("/choices/0/logprobs/content").forEach(entries::add);
        }
        assertThat(entries).isEqualTo(cut.at("/choices/0/logprobs/content"));
    }

    @Test
    void ofAPlainText() throws Exception {
        JsonNode chosen = ok(TEXT, plain("\"logprobs\": 0")).at("/choices/0/logprobs");
        assertThat(chosen.at("/tokens")).hasSize(6);
        assertThat(chosen.at("/top_logprobs/2")).hasSize(1);

        JsonNode answer = ok(TEXT, plain("\"logprobs\": 2"));
        JsonNode logprobs = answer.at("/choices/0/logprobs");
        String text = answer.at("/choices/0/text").asText();
        for (int i = 0; i < 6; i++) {
            int at = logprobs.at("/text_offset/" + i).asInt();
            String token = logprobs.at("/tokens/" + i).asText();
            assertThat(text.substring(at)).startsWith(token);
            assertThat(logprobs.at("/top_logprobs/" + i).path(token).asDouble())
                    .isCloseTo(logprobs.at("/token_logprobs/" + i).asDouble(), within(0.0));
        }
        List<Integer> offsets = new ArrayList<>();
        for (JsonNode chunk : stream(TEXT, plain("\"logprobs\": 2, \"stream\": true"))) {
            chunk.at("/choices/0/logprobs/text_offset").forEach(offset -> offsets.add(offset.asInt()));
        }
        assertThat(offsets)
                .hasSize(6)
                .isEqualTo(logprobs.at("/text_offset")
                        .valueStream()
                        .map(JsonNode::asInt)
                        .toList());
    }

    /** Of what the target thinks, not of what the request makes of it. */
    @Test
    void penaltiesAndTemperatureDoNotChangeThem() throws Exception {
        String many = "\"max_tokens\": 1, \"logprobs\": true, \"top_logprobs\": 20";
        JsonNode plain = ok(CHAT, chat(many, "wanspec")).at("/choices/0/logprobs/content/0/top_logprobs");
        JsonNode ruled = ok(
                        CHAT, chat(many + ", \"temperature\": 0.1, \"logit_bias\": {\"5\": -100, \"6\": 9}", "wanspec"))
                .at("/choices/0/logprobs/content/0/top_logprobs");

        assertThat(ruled).isEqualTo(plain);
    }

    @Test
    void ofAResponse() throws Exception {
        String options =
                "\"input\": \"Hello\", \"max_output_tokens\": 9, \"seed\": 5, \"include\": [\"message.output_text.logprobs\"],"
                        + " \"top_logprobs\": 2";
        JsonNode whole = ok("/v1/responses", "{\"model\": \"toy-target\", " + options + "}");
        JsonNode part = whole.at("/output/0/content/0");
        assertThat(part.path("logprobs")).hasSize(9);
        assertThat(part.at("/logprobs/0/top_logprobs")).hasSize(2);
        assertThat(joined(part.path("logprobs"))).isEqualTo(part.path("text").asText());
        assertThat(whole.path("top_logprobs").asInt()).isEqualTo(2);

        ArrayNode entries = MAPPER.createArrayNode();
        JsonNode last = MAPPER.nullNode();
        for (JsonNode event :
                stream("/v1/responses", "{\"model\": \"toy-target\", \"stream\": true, " + options + "}")) {
            if (event.path("type").asText().equals("response.output_text.delta")) {
                assertThat(joined(event.path("logprobs")))
                        .isEqualTo(event.path("delta").asText());
                event.path("logprobs").forEach(entries::add);
            }
            last = event;
        }
        assertThat(entries).isEqualTo(part.path("logprobs"));
        assertThat(last.at("/response/output/0/content/0/logprobs")).isEqualTo(entries);

        var refused =
                stage.post("/v1/responses", "{\"model\": \"toy-target\", \"input\": \"Hello\", \"top_logprobs\": 2}");
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("only allowed when 'include' has");
    }

    @Test
    void nobodyIsToldWhoDidNotAsk() throws Exception {
        assertThat(ok(CHAT, chat("\"max_tokens\": 4", "wanspec"))
                        .at("/choices/0/logprobs")
                        .isNull())
                .isTrue();
    }

    private static List<JsonNode> stream(String path, String body) throws Exception {
        List<JsonNode> chunks = new ArrayList<>();
        for (String line : stage.post(path, body)
                .body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .toList()) {
            chunks.add(MAPPER.readTree(line.substring(6)));
        }
        return chunks;
    }

    private static String joined(JsonNode entries) {
        StringBuilder text = new StringBuilder();
        entries.forEach(entry -> text.append(entry.at("/token").asText()));
        return text.toString();
    }

    private static String text(JsonNode answer) {
        return answer.at("/choices/0/message/content").asText();
    }

    private static JsonNode ok(String path, String body) throws Exception {
        var answer = stage.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private static String chat(String options, String mode) {
        return "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], \"seed\": 5, "
                + options + ", \"wanspec\": {\"mode\": \"" + mode + "\"}}";
    }

    private static String plain(String options) {
        return "{\"model\": \"toy-target\", \"prompt\": \"Once\", \"max_tokens\": 6, \"seed\": 5, " + options + "}";
    }
}
