package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.emulator.toy.ToyLanguage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client gets, in every mode. */
final class CompletionsTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of()).ready();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void answersAChat() throws Exception {
        var answer = stage.post("/v1/chat/completions", chat("\"max_tokens\": 24, \"seed\": 5"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode json = MAPPER.readTree(answer.body());
        assertThat(json.at("/object").asText()).isEqualTo("chat.completion");
        assertThat(json.at("/choices/0/message/content").asText()).startsWith(" w");
        assertThat(json.at("/usage/total_tokens").asInt())
                .isEqualTo(json.at("/usage/prompt_tokens").asInt()
                        + json.at("/usage/completion_tokens").asInt());
        assertThat(json.at("/wanspec/seed").asLong()).isEqualTo(5);
        assertThat(json.at("/wanspec/ledger/wanBytes").asLong()).isPositive();
        assertThat(json.at("/wanspec/ledger").has("tokenIds")).isFalse();
        assertThat(answer.headers().firstValue("x-wanspec-session"))
                .hasValue(json.at("/wanspec/session").asText());
        assertThat(answer.headers().firstValue("x-wanspec-ledger").orElseThrow())
                .contains("busy-draft-passes=");
    }

    @ParameterizedTest
    @CsvSource({"0", "0.8"})
    void everyModeGivesTheSameText(double temperature) throws Exception {
        String options = "\"max_tokens\": 60, \"seed\": 77, \"temperature\": " + temperature;
        JsonNode alone = ledger(options, "target-only");
        JsonNode colocated = ledger(options, "colocated");
        JsonNode wanspec = ledger(options, "wanspec");

        assertThat(colocated.at("/tokenIds")).isEqualTo(alone.at("/tokenIds"));
        assertThat(wanspec.at("/tokenIds")).isEqualTo(alone.at("/tokenIds"));
        assertThat(wanspec.at("/text")).isEqualTo(alone.at("/text"));
        assertThat(colocated.at("/text")).isEqualTo(alone.at("/text"));
        assertThat(alone.at("/busyDraftPasses").asInt()).isZero();
        assertThat(wanspec.at("/targetPasses").asInt())
                .isLessThan(alone.at("/targetPasses").asInt());
        assertThat(wanspec.at("/remoteDraftPasses").asInt()).isPositive();
        assertThat(colocated.at("/wanBytes").asLong()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"draft\": \"tree\", \"redundancy\": \"never\"",
                "\"draft\": \"tree\", \"redundancy\": \"always\", \"pass_nodes\": 2, \"candidates\": 2",
                "\"draft\": \"tree\", \"redundancy\": \"value\", \"price\": 0.01",
                "\"goal\": \"eager\"",
                "\"draft\": \"chain\", \"redundancy\": \"value\", \"price\": 0.01",
                "\"draft\": \"chain\", \"redundancy\": \"entropy\", \"run_length\": 3, \"window\": 7"
            })
    void howItSpeculatesChangesNoText(String speculation) throws Exception {
        String options = "\"max_tokens\": 60, \"seed\": 78, \"temperature\": 0.8";
        JsonNode alone = ledger(options, "target-only");
        JsonNode wanspec = speculative(options, speculation);

        assertThat(wanspec.at("/tokenIds")).isEqualTo(alone.at("/tokenIds"));
        assertThat(wanspec.at("/text")).isEqualTo(alone.at("/text"));
        assertThat(wanspec.at("/remoteDraftPasses").asInt()).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"wanspec", "colocated", "target-only"})
    void stopsAtAStopString(String mode) throws Exception {
        String whole =
                ledger("\"max_tokens\": 40, \"seed\": 9", mode).at("/text").asText();
        String stop = whole.substring(whole.length() / 2, whole.length() / 2 + 5);

        JsonNode cut = MAPPER.readTree(stage.post(
                        "/v1/chat/completions",
                        chat("\"max_tokens\": 40, \"seed\": 9, \"stop\": [\"zzz\", \"" + stop + "\"],"
                                + "\"wanspec\": {\"mode\": \"" + mode + "\"}"))
                .body());

        assertThat(cut.at("/choices/0/message/content").asText()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
        assertThat(cut.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    }

    @ParameterizedTest
    @CsvSource({"wanspec", "colocated", "target-only"})
    void endsByItself(String mode) throws Exception {
        JsonNode ended = MAPPER.readTree(stage.post(
                        "/v1/completions",
                        "{\"model\": \"toy-target\", \"prompt\": \"" + ToyLanguage.MAY_END
                                + "\", \"max_tokens\": 400, \"seed\": 9, \"wanspec\": {\"mode\": \"" + mode + "\"}}")
                .body());

        assertThat(ended.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(ended.at("/usage/completion_tokens").asInt()).isEqualTo(33);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void streamsAsItGenerates(boolean usage) throws Exception {
        String options = "\"max_tokens\": 24, \"seed\": 5, \"stream\": true, \"stream_options\": {\"include_usage\": "
                + usage + "}";
        var answer = stage.post("/v1/chat/completions", chat(options));

        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("text/event-stream");
        List<String> events = answer.body().lines().filter(l -> !l.isBlank()).toList();
        assertThat(events).allMatch(e -> e.startsWith("data: ")).endsWith("data: [DONE]");
        List<JsonNode> chunks = events.stream()
                .filter(e -> !e.endsWith("[DONE]"))
                .map(e -> parse(e.substring(6)))
                .toList();
        assertThat(chunks.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
        assertThat(chunks.size()).isGreaterThan(4);
        JsonNode last = chunks.getLast();
        assertThat(last.at("/wanspec/ledger/tokens").asInt()).isPositive();
        assertThat(last.at("/choices").isEmpty()).isEqualTo(usage);
        assertThat(last.has("usage")).isEqualTo(usage);
        String text = String.join(
                "",
                chunks.stream()
                        .map(c -> c.at("/choices/0/delta/content").asText(""))
                        .toList());
        String whole = MAPPER.readTree(stage.post("/v1/chat/completions", chat("\"max_tokens\": 24, \"seed\": 5"))
                        .body())
                .at("/choices/0/message/content")
                .asText();
        assertThat(text).isEqualTo(whole);
    }

    @Test
    void completesAPlainText() throws Exception {
        var answer =
                stage.post("/v1/completions", "{\"model\": \"toy-target\", \"prompt\": [\"Once\"], \"max_tokens\": 7}");

        JsonNode json = MAPPER.readTree(answer.body());
        assertThat(json.at("/object").asText()).as(answer.body()).isEqualTo("text_completion");
        assertThat(json.at("/choices/0/text").asText()).isNotEmpty();
        assertThat(json.at("/usage/prompt_tokens").asInt()).isEqualTo(4);
    }

    @Test
    void listsTheTarget() throws Exception {
        assertThat(stage.get("/v1/models").body()).contains("toy-target");
        assertThat(stage.get("/v1/models/toy-target").statusCode()).isEqualTo(200);
        assertThat(stage.get("/v1/models/other").statusCode()).isEqualTo(404);
    }

    private static JsonNode ledger(String options, String mode) throws Exception {
        return speculative(options, "\"mode\": \"" + mode + "\"");
    }

    private static JsonNode speculative(String options, String extension) throws Exception {
        var answer = stage.post(
                "/v1/chat/completions",
                chat(options + ", \"wanspec\": {\"include_token_ids\": true, " + extension + "}"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body()).at("/wanspec/ledger");
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String chat(String options) {
        return "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], " + options
                + "}";
    }
}
