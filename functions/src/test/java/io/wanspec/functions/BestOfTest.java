package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The likeliest of several texts. */
final class BestOfTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String TEXT = "/v1/completions";
    private static final int MADE = 5;
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
    void theLikeliestAreKeptTheBestFirst() throws Exception {
        JsonNode all = answer(body("Once", "Twice").put("n", MADE).put("logprobs", 0));
        JsonNode best = answer(body("Once", "Twice").put("n", 2).put("best_of", MADE));

        assertThat(best.path("choices")).hasSize(4);
        for (int prompt = 0; prompt < 2; prompt++) {
            List<Integer> wanted = likeliest(all, prompt * MADE);
            for (int i = 0; i < 2; i++) {
                JsonNode kept = best.path("choices").get(prompt * 2 + i);
                assertThat(kept.path("index").asInt()).isEqualTo(prompt * 2 + i);
                assertThat(kept.path("logprobs").isNull()).as("nobody asked").isTrue();
                assertThat(kept.path("text")).isEqualTo(all.at("/choices/" + wanted.get(i) + "/text"));
                assertThat(best.at("/wanspec/choices/" + (prompt * 2 + i) + "/seed"))
                        .isEqualTo(all.at("/wanspec/choices/" + wanted.get(i) + "/seed"));
            }
        }
        assertThat(best.path("usage")).as("all that were made").isEqualTo(all.path("usage"));
    }

    @Test
    void thatOfOneIsShownWithItsLogProbabilities() throws Exception {
        JsonNode all = answer(body("Once").put("n", MADE).put("logprobs", 1));
        JsonNode best = answer(body("Once").put("best_of", MADE).put("logprobs", 1));
        assertThat(best.path("choices")).hasSize(1);
        assertThat(best.at("/choices/0/logprobs"))
                .isEqualTo(all.at("/choices/" + likeliest(all, 0).getFirst() + "/logprobs"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"n\": 3, \"best_of\": 2 | at least 'n', here 3",
                "\"best_of\": 2, \"stream\": true | where 'stream' is false",
                "\"best_of\": 33 | between 1 and 32",
                "\"best_of\": 20, \"prompt\": [\"a\", \"b\"] | 20 behind each of 2 prompts",
            })
    void whatCannotBeChosenIsRefused(String options, String why) throws Exception {
        String prompt = options.contains("prompt") ? "" : "\"prompt\": \"Once\", ";
        var answer = stage.post(TEXT, "{\"model\": \"" + Stage.MODEL + "\", " + prompt + options + "}");
        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = MAPPER.readTree(answer.body()).path("error");
        assertThat(error.path("param").asText()).isEqualTo("best_of");
        assertThat(error.path("message").asText()).contains(why);
    }

    /** Of the texts from one on, by the mean of what each of their tokens has. */
    private static List<Integer> likeliest(JsonNode all, int from) {
        return IntStream.range(from, from + MADE)
                .boxed()
                .sorted(Comparator.comparingDouble(text -> -all.at("/choices/" + text + "/logprobs/token_logprobs")
                        .valueStream()
                        .mapToDouble(JsonNode::asDouble)
                        .average()
                        .orElseThrow()))
                .toList();
    }

    private static ObjectNode body(String... prompts) {
        ObjectNode body = MAPPER.createObjectNode()
                .put("model", Stage.MODEL)
                .put("max_tokens", 7)
                .put("seed", 5)
                .put("presence_penalty", 0.1)
                .put("temperature", 1);
        for (String prompt : prompts) {
            body.withArray("prompt").add(prompt);
        }
        return body;
    }

    private static JsonNode answer(ObjectNode body) throws Exception {
        var answer = stage.post(TEXT, body.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }
}
