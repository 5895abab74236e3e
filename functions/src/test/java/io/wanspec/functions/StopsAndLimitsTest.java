package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a stop string and the most tokens, or several draft tokens of a round, meet. */
final class StopsAndLimitsTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CHAT = "/v1/chat/completions";
    private static final int TOKENS = 30;
    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of()).ready();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    /** A stop string that ends with, or within, some token: with fewer tokens the text is cut there, with as many it has stopped. */
    @ParameterizedTest
    @ValueSource(strings = {"wanspec", "colocated", "target-only"})
    void theReasonIsTheStopIfItIsCompleteWithinTheLimit(String mode) throws Exception {
        String whole = text(answer(body(TOKENS), mode));
        List<String> tokens = tokens(whole);
        String before = String.join("", tokens.subList(0, 9));
        // Over two tokens, and not to the end of the second.
        String stop = whole.substring(before.length() - 2, before.length() + 2);
        String shown = whole.substring(0, whole.indexOf(stop));
        int complete = 1;
        while (!String.join("", tokens.subList(0, complete)).contains(stop)) {
            complete++;
        }
        for (int limit = Math.max(1, complete - 2); limit <= complete + 2; limit++) {
            JsonNode cut = answer(body(limit).put("stop", stop), mode);
            boolean stopped = limit >= complete;
            assertThat(cut.at("/choices/0/finish_reason").asText())
                    .as("%d tokens, the stop is complete with %d", limit, complete)
                    .isEqualTo(stopped ? "stop" : "length");
            assertThat(text(cut)).isEqualTo(stopped ? shown : String.join("", tokens.subList(0, limit)));
            assertThat(cut.at("/usage/completion_tokens").asInt()).isEqualTo(Math.min(limit, complete));
        }
    }

    /** However many draft tokens a round has had accepted behind it. */
    @ParameterizedTest
    @ValueSource(strings = {"wanspec", "colocated", "target-only"})
    void theFirstOfManyMatchesEndsIt(String mode) throws Exception {
        String whole = text(answer(body(TOKENS), mode));
        String often = " w";
        assertThat(text(answer(body(TOKENS).put("stop", often), mode))).isEmpty();
        for (int from = 0; from < whole.length() - 1; from += 7) {
            String stop = whole.substring(from, from + 1);
            JsonNode cut = answer(body(TOKENS).put("stop", stop), mode);
            assertThat(text(cut)).as("'%s'", stop).isEqualTo(whole.substring(0, whole.indexOf(stop)));
            assertThat(cut.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        }
    }

    /** All drafts of a run are right, and one of them ends the text. */
    @Test
    void nothingFollowsAnEndAmongAcceptedDrafts() throws Exception {
        ObjectNode body = body(200);
        body.putArray("messages").addObject().put("role", "user").put("content", "Hell\u00df");
        JsonNode alone = answer(body, "target-only");
        assertThat(alone.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        for (String mode : List.of("wanspec", "colocated")) {
            JsonNode drafted = answer(body, mode);
            assertThat(drafted.at("/choices")).isEqualTo(alone.at("/choices"));
            assertThat(drafted.at("/usage/completion_tokens")).isEqualTo(alone.at("/usage/completion_tokens"));
        }
    }

    /** The toy's tokens begin with a space each. */
    private static List<String> tokens(String text) {
        List<String> tokens = new ArrayList<>();
        for (String word : text.substring(1).split(" ", -1)) {
            tokens.add(" " + word);
        }
        return tokens;
    }

    private static String text(JsonNode answer) {
        return answer.at("/choices/0/message/content").asText();
    }

    private static ObjectNode body(int tokens) {
        ObjectNode body = MAPPER.createObjectNode().put("model", Stage.MODEL);
        body.putArray("messages").addObject().put("role", "user").put("content", "Hello");
        return body.put("max_tokens", tokens).put("seed", 5);
    }

    private static JsonNode answer(ObjectNode body, String mode) throws Exception {
        ObjectNode sent = body.deepCopy();
        sent.putObject("wanspec").put("mode", mode);
        var answer = stage.post(CHAT, sent.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }
}
