package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients send by themselves and that asks for nothing is accepted, and changes no text. */
final class NeutralFieldsTest {
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
    @ValueSource(
            strings = {
                "\"min_p\": 0",
                "\"min_p\": null",
                "\"repetition_penalty\": 1.0",
                "\"ignore_eos\": false",
                "\"skip_special_tokens\": true",
                "\"cache_prompt\": true",
                "\"reasoning_effort\": \"low\"",
                "\"prediction\": null",
                "\"foo\": null",
                "\"min_tokens\": 0",
                "\"stop_token_ids\": []",
                "\"logit_bias\": {}",
                "\"verbosity\": \"high\"",
                "\"chat_template_kwargs\": {\"enable_thinking\": false}",
                "\"tools\": [{\"type\": \"function\", \"function\": {\"name\": \"f\"}}], \"tool_choice\": \"none\"",
                "\"functions\": [{\"name\": \"f\"}], \"function_call\": \"none\"",
                "\"wanspec\": {\"foo\": null}",
                "\"stop\": null",
                "\"response_format\": null",
                "\"best_of\": null"
            })
    void changesNoText(String field) throws Exception {
        assertThat(text(CHAT, chat("\"seed\": 5"))).isEqualTo(text(CHAT, chat("\"seed\": 5, " + field)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"min_p\": null", "\"typical_p\": 1", "\"add_special_tokens\": true", "\"priority\": 3"})
    void noneOfAPlainTextEither(String field) throws Exception {
        assertThat(text(TEXT, plain("\"seed\": 5"))).isEqualTo(text(TEXT, plain("\"seed\": 5, " + field)));
    }

    @ParameterizedTest
    @CsvSource({
        "skip_special_tokens, false", "use_beam_search, true", "early_stopping, true", "prompt_logprobs, 1",
        "continue_final_message, true", "store, true", "typical_p, 0.5", "chat_template, 1"
    })
    void whatWouldBeMissedIsRefusedByName(String field, String value) throws Exception {
        var answer = stage.post(CHAT, chat("\"" + field + "\": " + value));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(MAPPER.readTree(answer.body()).at("/error/param").asText()).isEqualTo(field);
    }

    /** Of a model that would choose by chance: nothing of it is left. */
    @Test
    void aNucleusOfNothingIsTheLikeliestToken() throws Exception {
        var answer = stage.post(CHAT, chat("\"top_p\": 0, \"seed\": 5"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    @Test
    void aPlainTextHasSixteenTokensUnlessItSaysMore() throws Exception {
        JsonNode answer = MAPPER.readTree(stage.post(TEXT, "{\"model\": \"toy-target\", \"prompt\": \"Once\"}")
                .body());

        assertThat(answer.at("/usage/completion_tokens").asInt()).isEqualTo(16);
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
    }

    @Test
    void aConversationWithCallsOfTools() throws Exception {
        String calls =
                "{\"role\": \"assistant\", \"content\": null, \"refusal\": null, \"tool_calls\": [{\"id\": \"call_1\","
                        + " \"type\": \"function\", \"function\": {\"name\": \"f\", \"arguments\": \"{\\\"a\\\": 1}\"}}]}";
        String result = "{\"role\": \"tool\", \"tool_call_id\": \"call_1\", \"content\": \"42\"}";
        var answer = stage.post(CHAT, messages(calls + ", " + result));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

        String spelled = "{\"role\": \"assistant\", \"content\": \"<tool_call>\\n{\\\"name\\\": \\\"f\\\","
                + " \\\"arguments\\\": {\\\"a\\\": 1}}\\n</tool_call>\"}";
        assertThat(text(CHAT, messages(calls + ", " + result)))
                .isEqualTo(text(CHAT, messages(spelled + ", " + result)));
    }

    @Test
    void callsThatAreNone() throws Exception {
        String nothing = "{\"role\": \"assistant\", \"content\": null}";
        assertThat(stage.post(CHAT, messages(nothing)).body()).contains("messages[1].content", "Missing");
        String nameless = "{\"role\": \"assistant\", \"tool_calls\": [{\"function\": {}}]}";
        assertThat(stage.post(CHAT, messages(nameless)).body()).contains("messages[1].tool_calls[0].function.name");
        String others = "{\"role\": \"user\", \"content\": \"x\", \"tool_calls\": [{}]}";
        assertThat(stage.post(CHAT, messages(others)).statusCode()).isEqualTo(400);
    }

    @Test
    void aNulIsNamed() throws Exception {
        for (String body : new String[] {
            messages("{\"role\": \"user\", \"content\": \"a\\u0000b\"}"),
            messages("{\"role\": \"user\", \"content\": [{\"type\": \"text\", \"text\": \"a\\u0000b\"}]}")
        }) {
            assertThat(stage.post(CHAT, body).body()).contains("messages[1].content", "NUL");
        }
        assertThat(stage.post(TEXT, "{\"model\": \"toy-target\", \"prompt\": \"\\u0000\"}")
                        .body())
                .contains("'prompt'", "NUL");
        assertThat(stage.post("/v1/responses", "{\"model\": \"toy-target\", \"input\": \"\\u0000\"}")
                        .body())
                .contains("'input'", "NUL");
    }

    private static String text(String path, String body) throws Exception {
        var answer = stage.post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode choice = MAPPER.readTree(answer.body()).at("/choices/0");
        return choice.at("/message/content").asText() + choice.at("/text").asText();
    }

    private static String chat(String options) {
        return "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], \"max_tokens\": 6, "
                + options + "}";
    }

    private static String messages(String more) {
        return "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}, " + more
                + "], \"max_tokens\": 6, \"seed\": 5}";
    }

    private static String plain(String options) {
        return "{\"model\": \"toy-target\", \"prompt\": \"Once\", \"max_tokens\": 6, " + options + "}";
    }
}
