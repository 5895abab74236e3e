package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.emulator.toy.ToyLanguage;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts that begin with their prompts. */
final class EchoTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String TEXT = "/v1/completions";
    private static final int TOKENS = 6;
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
    @ValueSource(strings = {"wanspec", "target-only"})
    void thePromptsTokensHaveLogProbabilitiesButTheFirst(String mode) throws Exception {
        ObjectNode body = body().put("prompt", "Once").put("logprobs", 2);
        body.putObject("wanspec").put("mode", mode);
        JsonNode plain = answer(body).at("/choices/0");
        JsonNode echoed = answer(body.put("echo", true)).at("/choices/0");

        assertThat(echoed.path("text").asText())
                .isEqualTo("Once" + plain.path("text").asText());
        JsonNode told = echoed.path("logprobs");
        int prompt = "Once".length();
        for (String list : new String[] {"tokens", "token_logprobs", "top_logprobs", "text_offset"}) {
            assertThat(told.path(list)).as(list).hasSize(prompt + TOKENS);
        }
        assertThat(told.at("/token_logprobs/0").isNull()).isTrue();
        assertThat(told.at("/top_logprobs/0").isNull()).isTrue();
        assertThat(told.at("/token_logprobs/1").asDouble()).isNegative();
        assertThat(told.at("/top_logprobs/1").size()).isBetween(2, 3);
        for (int i = 0; i < TOKENS; i++) {
            assertThat(told.path("token_logprobs").get(prompt + i))
                    .isEqualTo(plain.at("/logprobs/token_logprobs").get(i));
        }
    }

    @Test
    void streamedItIsTheSame() throws Exception {
        ObjectNode body = body().put("prompt", "Once").put("logprobs", 0).put("echo", true);
        JsonNode whole = answer(body).at("/choices/0");
        StringBuilder text = new StringBuilder();
        ArrayNode offsets = MAPPER.createArrayNode();
        ArrayNode logprobs = MAPPER.createArrayNode();
        for (String line : stage.post(TEXT, body.put("stream", true).toString())
                .body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .toList()) {
            JsonNode choice = MAPPER.readTree(line.substring(6)).at("/choices/0");
            text.append(choice.path("text").asText());
            choice.at("/logprobs/text_offset").forEach(offsets::add);
            choice.at("/logprobs/token_logprobs").forEach(logprobs::add);
        }
        assertThat(text.toString()).isEqualTo(whole.path("text").asText());
        assertThat(logprobs).isEqualTo(whole.at("/logprobs/token_logprobs"));
        assertThat(offsets).isEqualTo(whole.at("/logprobs/text_offset"));
    }

    @Test
    void tokensAreShownAsTheirText() throws Exception {
        ObjectNode body = body();
        body.putArray("prompt").add(5).add(6);
        String plain = answer(body).at("/choices/0/text").asText();
        assertThat(answer(body.put("echo", true)).at("/choices/0/text").asText())
                .isEqualTo(ToyLanguage.piece(5) + ToyLanguage.piece(6) + plain);
    }

    @Test
    void eachOfSeveralTextsBeginsWithItsOwn() throws Exception {
        ObjectNode body = body().put("echo", true).put("logprobs", 1).put("n", 2);
        body.putArray("prompt").add("Once").add("Twice");
        JsonNode choices = answer(body).path("choices");
        assertThat(choices).hasSize(4);
        for (int i = 0; i < 4; i++) {
            String prompt = i < 2 ? "Once" : "Twice";
            assertThat(choices.get(i).path("text").asText()).startsWith(prompt);
            assertThat(choices.get(i).at("/logprobs/tokens")).hasSize(prompt.length() + TOKENS);
        }
    }

    /** What would be held in memory counts, with the prompt. */
    @Test
    void aLongPromptHasTooMany() throws Exception {
        ObjectNode body =
                body().put("prompt", "w".repeat(2_000)).put("echo", true).put("logprobs", 20);
        var answer = stage.post(TEXT, body.toString());
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("at most 32768").contains("2006 tokens");
    }

    /** It is computed in one call. */
    @Test
    void aPromptThatTakesLongToScoreIsRefused() throws Exception {
        ObjectNode body = body().put("prompt", "w".repeat(2_049)).put("echo", true);
        assertThat(answer(body).at("/choices/0/text").asText()).startsWith("www");
        var refused = stage.post(TEXT, body.put("logprobs", 0).toString());
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(MAPPER.readTree(refused.body()).at("/error/param").asText()).isEqualTo("echo");
        assertThat(refused.body()).contains("at most 2048 tokens", "it has 2049", "Shorten it");
        assertThat(answer(body.put("prompt", "w".repeat(2_048))).at("/choices/0/logprobs/tokens"))
                .hasSize(2_048 + TOKENS);
    }

    private static ObjectNode body() {
        return MAPPER.createObjectNode()
                .put("model", Stage.MODEL)
                .put("max_tokens", TOKENS)
                .put("seed", 5);
    }

    private static JsonNode answer(ObjectNode body) throws Exception {
        var answer = stage.post(TEXT, body.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }
}
