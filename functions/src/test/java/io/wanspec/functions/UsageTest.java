package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What usage says beside how many tokens there were. A toy target says that it had the first half of each prompt in its cache. */
final class UsageTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CHAT = "/v1/chat/completions";
    private static Stage stage;

    /** A prediction's words are drafted there by nobody else, who could be faster. */
    private static Stage alone;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of()).ready();
        alone = new Stage(Map.of("wanspec.workers", List.of(), "wanspec.busy-draft.endpoint", "")).ready();
    }

    @AfterAll
    static void stop() {
        stage.close();
        alone.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wanspec", "colocated", "target-only"})
    void saysHowMuchOfThePromptWasInTheTargetsCache(String mode) throws Exception {
        ObjectNode body = body("Hello there");
        body.putObject("wanspec").put("mode", mode);
        JsonNode usage = answer(CHAT, body).path("usage");
        int prompt = usage.path("prompt_tokens").intValue();
        assertThat(prompt).isGreaterThan(4);
        assertThat(usage.at("/prompt_tokens_details/cached_tokens").intValue()).isEqualTo(prompt / 2);
        assertThat(usage.at("/completion_tokens_details/accepted_prediction_tokens"))
                .isEqualTo(MAPPER.getNodeFactory().numberNode(0));
    }

    @Test
    void plainTextsAndResponsesSaySoToo() throws Exception {
        ObjectNode text = MAPPER.createObjectNode().put("model", Stage.MODEL).put("prompt", "Once upon");
        assertThat(answer("/v1/completions", text)
                        .at("/usage/prompt_tokens_details/cached_tokens")
                        .intValue())
                .isEqualTo("Once upon".length() / 2);

        ObjectNode response = MAPPER.createObjectNode()
                .put("model", Stage.MODEL)
                .put("input", "Once upon")
                .put("max_output_tokens", 4);
        JsonNode usage = answer("/v1/responses", response).path("usage");
        assertThat(usage.at("/input_tokens_details/cached_tokens").intValue())
                .isEqualTo(usage.path("input_tokens").intValue() / 2)
                .isPositive();
    }

    @Test
    void saysWhatBecameOfAPrediction() throws Exception {
        JsonNode plain = answer(alone, CHAT, body("Hello"));
        JsonNode ids = plain.at("/wanspec/ledger/tokenIds");
        JsonNode right = answer(alone, CHAT, predicting(ids, ids.size()));
        assertThat(right.at("/choices")).isEqualTo(plain.at("/choices"));
        assertThat(details(right, "accepted").intValue()).isBetween(1, ids.size());
        assertThat(details(right, "rejected").intValue()).isZero();

        JsonNode wrong = answer(alone, CHAT, predicting(ids, 0));
        assertThat(wrong.at("/choices")).isEqualTo(plain.at("/choices"));
        assertThat(details(wrong, "accepted").intValue()).isZero();
        assertThat(details(wrong, "rejected").intValue()).isPositive();
    }

    @Test
    void aStreamSaysTheSameAndSeveralTextsTheirSum() throws Exception {
        JsonNode ids = answer(CHAT, body("Hello")).at("/wanspec/ledger/tokenIds");
        ObjectNode predicting = predicting(ids, ids.size());
        JsonNode one = answer(CHAT, predicting).path("usage");

        ObjectNode streamed = predicting.deepCopy().put("stream", true);
        streamed.putObject("stream_options").put("include_usage", true);
        String last = stage.post(CHAT, streamed.toString())
                .body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .reduce((_, next) -> next)
                .orElseThrow();
        JsonNode said = MAPPER.readTree(last.substring(6)).path("usage");
        assertThat(said.path("prompt_tokens_details")).isEqualTo(one.path("prompt_tokens_details"));
        assertThat(said.at("/completion_tokens_details/accepted_prediction_tokens")
                        .intValue())
                .isPositive();

        JsonNode two = answer(CHAT, predicting.deepCopy().put("n", 2)).path("usage");
        assertThat(two.path("prompt_tokens_details")).isEqualTo(one.path("prompt_tokens_details"));
        assertThat(two.path("completion_tokens").intValue())
                .isEqualTo(2 * one.path("completion_tokens").intValue());
    }

    private static JsonNode details(JsonNode answer, String which) {
        return answer.at("/usage/completion_tokens_details/" + which + "_prediction_tokens");
    }

    /** The first of these words, and another in place of each that follows. */
    private static ObjectNode predicting(JsonNode ids, int right) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < ids.size(); i++) {
            // The toy reads a character as the word 1 + c % 96.
            int word = ids.path(i).intValue();
            text.append((char) (288 + (i < right ? word - 1 : word % 96)));
        }
        ObjectNode body = body("Hello");
        body.putObject("prediction").put("type", "content").put("content", text.toString());
        return body;
    }

    private static ObjectNode body(String words) {
        ObjectNode body = MAPPER.createObjectNode().put("model", Stage.MODEL);
        body.putArray("messages").addObject().put("role", "user").put("content", words);
        body.putObject("wanspec").put("include_token_ids", true);
        return body.put("max_tokens", 40).put("seed", 7).put("temperature", 0.8);
    }

    private static JsonNode answer(String path, ObjectNode body) throws Exception {
        return answer(stage, path, body);
    }

    private static JsonNode answer(Stage asked, String path, ObjectNode body) throws Exception {
        var answer = asked.post(path, body.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }
}
