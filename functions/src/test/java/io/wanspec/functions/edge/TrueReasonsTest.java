package io.wanspec.functions.edge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.functions.Stage;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Bodies that are refused for what is wrong with them. */
final class TrueReasonsTest {
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

    private static JsonNode refused(String field) throws Exception {
        var answer = stage.post(
                "/v1/chat/completions",
                "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], " + field
                        + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return MAPPER.readTree(answer.body()).at("/error");
    }

    @Test
    void aFieldThatIsThereTwice() throws Exception {
        JsonNode error = refused("\"max_tokens\": 5, \"max_tokens\": 6");

        assertThat(error.at("/message").asText()).contains("'max_tokens' twice");
        assertThat(error.at("/param").asText()).isEqualTo("max_tokens");
    }

    @Test
    void aSeedOfFourHundredDigits() throws Exception {
        assertThat(refused("\"seed\": " + "9".repeat(400)).at("/message").asText())
                .contains("'seed'", "64 bits");
        assertThat(refused("\"seed\": " + "9".repeat(4_000)).at("/message").asText())
                .contains("'seed'", "1000 digits");
    }

    @Test
    void aKeyOfSixtyThousandCharacters() throws Exception {
        JsonNode error = refused("\"" + "k".repeat(60_000) + "\": 1");

        assertThat(error.at("/message").asText())
                .contains("Unknown parameter: 'kkk")
                .hasSizeLessThan(200);
    }

    @Test
    void nestingBeyondTheBound() throws Exception {
        assertThat(refused("\"metadata\": " + "[".repeat(100) + "]".repeat(100))
                        .at("/message")
                        .asText())
                .contains("deeper than 32 levels");
    }

    @Test
    void halfACharacter() throws Exception {
        assertThat(refused("\"user\": \"\\ud83d\"").at("/message").asText()).contains("surrogate pair");
        assertThat(refused("\"user\": \"\\ude00\\ud83d\"").at("/message").asText())
                .contains("surrogate pair");
        var whole = stage.post(
                "/v1/completions",
                "{\"model\": \"toy-target\", \"prompt\": \"\\ud83d\\ude00 \\\\ud83d\", \"max_tokens\": 1}");
        assertThat(whole.statusCode()).as(whole.body()).isEqualTo(200);
    }

    @Test
    void whatFollowsTheBody() throws Exception {
        var answer = stage.post("/v1/chat/completions", "{} {}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("something follows");
    }
}
