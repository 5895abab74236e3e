package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.Limits;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.functions.schema.RandomSchema;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Penalties, biases, bans and ends of requests, in every mode. */
final class SamplingRulesTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int WORDS = 97;
    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of()).ready();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @SeededTest(tries = 20)
    void everyModeGivesTheSameText(Random random) throws Exception {
        ObjectNode body = random(random);
        JsonNode alone = answer(body, "target-only");
        for (String mode : List.of("wanspec", "colocated")) {
            JsonNode drafted = answer(body, mode);
            assertThat(drafted.at("/wanspec/ledger/tokenIds"))
                    .as(body.toString())
                    .isEqualTo(ids(alone));
            assertThat(drafted.at("/choices")).as(body.toString()).isEqualTo(alone.at("/choices"));
            assertThat(drafted.at("/usage/completion_tokens")).isEqualTo(alone.at("/usage/completion_tokens"));
        }
    }

    /** It only helps. */
    @Test
    void aPredictionBeyondTheContextIsNone() throws Exception {
        ObjectNode body = body();
        body.putObject("prediction").put("type", "content").put("content", "w".repeat(Limits.SEQUENCE_TOKENS_MAX + 1));

        assertThat(ids(answer(body, "wanspec"))).isEqualTo(ids(answer(body(), "wanspec")));
        assertThat(ids(answer(body.put("n", 2), "wanspec"))).isEqualTo(ids(answer(body().put("n", 2), "wanspec")));
    }

    @Test
    void draftsAreRightAsOftenAsWithoutRules() throws Exception {
        JsonNode plain = answer(body(), "wanspec");
        JsonNode ruled = answer(body().put("frequency_penalty", 1.5).put("min_p", 0.1), "wanspec");

        assertThat(ids(ruled)).isNotEqualTo(ids(plain));
        assertThat(ruled.at("/wanspec/ledger/targetPasses").asInt())
                .isLessThan(ruled.at("/wanspec/ledger/tokens").asInt());
    }

    @ParameterizedTest
    @ValueSource(strings = {"wanspec", "colocated", "target-only"})
    void aBannedWordNeverAppears(String mode) throws Exception {
        JsonNode likely = answer(body().put("presence_penalty", 0.1), mode);
        int word = ids(likely).path(3).asInt();
        ObjectNode banned = body().put("presence_penalty", 0.1);
        banned.putObject("logit_bias").put(String.valueOf(word), -100);

        assertThat(ids(answer(banned, mode)))
                .doesNotContain(MAPPER.getNodeFactory().numberNode(word));
    }

    @ParameterizedTest
    @ValueSource(strings = {"wanspec", "colocated", "target-only"})
    void penaltiesMakeRepeatsRarerOrMoreFrequent(String mode) throws Exception {
        long varied = distinct(answer(body().put("frequency_penalty", 2), mode));
        long repeated = distinct(answer(body().put("frequency_penalty", -2), mode));

        assertThat(varied).isGreaterThan(repeated);
    }

    /** A model that would stop at once may do so from the sixth token on. */
    @ParameterizedTest
    @ValueSource(strings = {"wanspec", "colocated", "target-only"})
    void theLeastTokens(String mode) throws Exception {
        JsonNode least = answer(eager().put("min_tokens", 5), mode);
        assertThat(least.at("/usage/completion_tokens").asInt()).isEqualTo(6);
        assertThat(least.at("/choices/0/finish_reason").asText()).isEqualTo("stop");

        assertThat(answer(eager(), mode).at("/usage/completion_tokens").asInt()).isEqualTo(1);
        JsonNode endless = answer(eager().put("ignore_eos", true), mode);
        assertThat(endless.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(endless.at("/usage/completion_tokens").asInt()).isEqualTo(60);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wanspec", "colocated", "target-only"})
    void stopTokensEndTheText(String mode) throws Exception {
        ObjectNode body = body().put("presence_penalty", 0.1);
        int[] ids =
                ids(answer(body, mode)).valueStream().mapToInt(JsonNode::asInt).toArray();
        int at = IntStream.range(5, 20)
                .filter(i -> IntStream.range(0, i).noneMatch(j -> ids[j] == ids[i]))
                .findFirst()
                .orElseThrow();
        body.putArray("stop_token_ids").add(ids[at]);
        JsonNode hidden = answer(body, mode);
        JsonNode shown = answer(body.put("include_stop_str_in_output", true), mode);

        assertThat(hidden.at("/usage/completion_tokens").asInt()).isEqualTo(at + 1);
        assertThat(hidden.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        assertThat(text(shown)).isEqualTo(text(hidden) + " w" + ids[at]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"wanspec", "colocated", "target-only"})
    void aStopStringMayBeShown(String mode) throws Exception {
        String whole = text(answer(body().put("presence_penalty", 0.1), mode));
        String stop = whole.substring(30, 36);
        JsonNode shown = answer(
                body().put("presence_penalty", 0.1).put("stop", stop).put("include_stop_str_in_output", true), mode);

        assertThat(text(shown)).isEqualTo(whole.substring(0, whole.indexOf(stop) + stop.length()));
    }

    /** Whose prompt may end, and whose every word would. */
    private static ObjectNode eager() {
        ObjectNode body = body();
        ((ObjectNode) body.at("/messages/0")).put("content", "x" + ToyLanguage.MAY_END);
        body.putObject("logit_bias").put(String.valueOf(ToyLanguage.END), 100);
        return body;
    }

    private static ObjectNode random(Random random) {
        ObjectNode body = body().put("temperature", random.nextInt(3) * 0.6).put("seed", random.nextInt(1_000));
        if (random.nextBoolean()) {
            body.put("frequency_penalty", Gen.between(random, -2.0, 2.0));
        }
        if (random.nextBoolean()) {
            body.put("presence_penalty", Gen.between(random, -2.0, 2.0));
        }
        if (random.nextBoolean()) {
            body.put("repetition_penalty", Gen.between(random, 0.5, 2.0));
        }
        if (random.nextBoolean()) {
            body.put("min_p", Gen.between(random, 0.0, 0.5));
        }
        if (random.nextBoolean()) {
            body.put("top_p", Gen.between(random, 0.0, 1.0)).put("top_k", random.nextInt(40));
        }
        ObjectNode biases = body.putObject("logit_bias");
        for (int i = random.nextInt(5); i > 0; i--) {
            biases.put(String.valueOf(random.nextInt(WORDS)), Gen.between(random, -100, 4));
        }
        if (random.nextBoolean()) {
            body.putArray("stop_token_ids").add(random.nextInt(WORDS)).add(random.nextInt(WORDS));
            body.put("min_tokens", random.nextInt(30)).put("include_stop_str_in_output", random.nextBoolean());
        }
        if (random.nextBoolean()) {
            body.put("stop", " w" + random.nextInt(WORDS));
        }
        if (random.nextBoolean()) {
            body.putObject("prediction").put("type", "content").put("content", Gen.text(random, "abc w", 0, 60));
        }
        if (random.nextBoolean()) {
            body.put("logprobs", true).put("top_logprobs", random.nextInt(21));
        }
        if (random.nextInt(3) == 0) {
            ObjectNode format = body.putObject("response_format").put("type", "json_schema");
            format.putObject("json_schema").put("name", "any").set("schema", RandomSchema.small(random));
        }
        return body;
    }

    private static ObjectNode body() {
        ObjectNode body = MAPPER.createObjectNode().put("model", Stage.MODEL);
        body.putArray("messages").addObject().put("role", "user").put("content", "Hello");
        return body.put("max_tokens", 60).put("seed", 7).put("temperature", 0.8);
    }

    private static JsonNode answer(ObjectNode body, String mode) throws Exception {
        ObjectNode sent = body.deepCopy();
        sent.putObject("wanspec").put("mode", mode).put("include_token_ids", true);
        var answer = stage.post("/v1/chat/completions", sent.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private static JsonNode ids(JsonNode answer) {
        return answer.at("/wanspec/ledger/tokenIds");
    }

    private static String text(JsonNode answer) {
        return answer.at("/choices/0/message/content").asText();
    }

    private static long distinct(JsonNode answer) {
        return ids(answer).valueStream().distinct().count();
    }
}
