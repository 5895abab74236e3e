package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.Limits;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a client sends that cannot be served is answered in OpenAI's shape, naming the field. */
final class BadInputTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String MESSAGES = "\"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}]";
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

    static Stream<Arguments> fields() {
        return Stream.of(
                field("\"temperature\": 5", "temperature", "between 0 and 2"),
                field("\"temperature\": \"warm\"", "temperature", "expected a number"),
                field("\"max_tokens\": 0", "max_tokens", "between 1"),
                field("\"max_tokens\": 1.5", "max_tokens", "expected an integer"),
                field("\"max_completion_tokens\": -1", "max_completion_tokens", "between 1"),
                field("\"n\": 33", "n", "between 1 and 32"),
                field("\"top_p\": -0.1", "top_p", "between 0 and 1"),
                field("\"top_p\": 1.1", "top_p", "1"),
                field("\"top_k\": -2", "top_k", "between -1"),
                field("\"seed\": 1e3", "seed", "expected an integer"),
                field("\"seed\": 99999999999999999999", "seed", "64 bits"),
                field("\"stop\": [\"a\",\"b\",\"c\",\"d\",\"e\"]", "stop", "at most 4"),
                field("\"stop\": [1]", "stop", "expected a string"),
                field("\"stop\": \"\"", "stop", "1 to 256"),
                field("\"stream\": \"yes\"", "stream", "expected a boolean"),
                field("\"stream_options\": {\"include_usage\": true}", "stream_options", "only allowed"),
                field("\"prediction\": {\"type\": \"text\"}", "prediction.type", "'content'"),
                field("\"prediction\": {\"type\": \"content\"}", "prediction.content", "Missing"),
                field("\"top_logprobs\": 3", "top_logprobs", "only allowed"),
                field("\"logprobs\": true, \"top_logprobs\": 21", "top_logprobs", "between 0 and 20"),
                field(
                        "\"logprobs\": true, \"top_logprobs\": 20, \"n\": 32, \"max_tokens\": 2048",
                        "top_logprobs",
                        "at most 32768"),
                field("\"logprobs\": true, \"top_logprobs\": 20, \"n\": 32", "top_logprobs", "at most 32768"),
                field("\"logit_bias\": {\"5\": 101}", "logit_bias.5", "between -100 and 100"),
                field("\"logit_bias\": {\"x\": 1}", "logit_bias", "token's id"),
                field("\"logit_bias\": {\"97\": 1}", "logit_bias", "end at 96"),
                field("\"logit_bias\": {\"5\": 1, \"05\": 1}", "logit_bias", "twice"),
                field("\"frequency_penalty\": -2.5", "frequency_penalty", "between -2 and 2"),
                field("\"repetition_penalty\": 0", "repetition_penalty", "between 0.01 and 10"),
                field("\"min_p\": 2", "min_p", "between 0 and 1"),
                field("\"min_tokens\": 9, \"max_tokens\": 8", "min_tokens", "not be more"),
                field("\"ignore_eos\": 1", "ignore_eos", "a boolean"),
                field("\"stop_token_ids\": [-1]", "stop_token_ids[0]", "a token id"),
                field("\"stop_token_ids\": [97]", "stop_token_ids", "end at 96"),
                field("\"tools\": [{}]", "tools[0].type", "Missing"),
                field("\"tools\": {}", "tools", "an array"),
                field("\"tools\": [{\"type\": \"web\"}]", "tools[0].type", "'function'"),
                field("\"tools\": [{\"type\": \"function\"}]", "tools[0].function", "Missing"),
                field(tool("\"name\": \"a b\""), "tools[0].function.name", "letters, digits"),
                field(tool("\"name\": \"f\", \"speed\": 1"), "tools[0].function.speed", "Unknown"),
                field(tool("\"name\": \"f\", \"parameters\": 1"), "tools[0].function.parameters", "an object"),
                field(
                        tool("\"name\": \"f\", \"parameters\": {\"oneOf\": []}"),
                        "tools[0].function.parameters.oneOf",
                        "'anyOf'"),
                field("\"tool_choice\": \"required\"", "tool_choice", "no 'tools'"),
                field("\"tool_choice\": \"never\"", "tool_choice", "\"required\""),
                field(
                        tool("\"name\": \"f\"")
                                + ", \"tool_choice\": {\"type\": \"function\", \"function\": {\"name\": \"g\"}}",
                        "tool_choice.function.name",
                        "'tools' lacks"),
                field(tool("\"name\": \"f\"") + ", \"parallel_tool_calls\": 1", "parallel_tool_calls", "a boolean"),
                field("\"presence_penalty\": 2.5", "presence_penalty", "between -2 and 2"),
                field("\"response_format\": {\"type\": \"xml\"}", "response_format.type", "json_schema"),
                field("\"response_format\": {}", "response_format.type", "Missing"),
                field("\"response_format\": \"json\"", "response_format", "an object"),
                field("\"response_format\": {\"type\": \"json_schema\"}", "response_format.json_schema", "Missing"),
                field(format("\"schema\": {}"), "response_format.json_schema.name", "Missing"),
                field(format("\"name\": \"a\""), "response_format.json_schema.schema", "Missing"),
                field(
                        format(
                                "\"name\": \"a\", \"schema\": {\"properties\": {\"b\": {\"type\": \"string\", \"pattern\": \"x\"}}}"),
                        "response_format.json_schema.schema.properties.b.pattern",
                        "Leave it out"),
                field(
                        "\"response_format\": {\"type\": \"json_object\"}, \"ignore_eos\": true",
                        "ignore_eos",
                        "must be false"),
                field("\"banana\": 1", "banana", "Unknown parameter"),
                field("\"wanspec\": {\"mode\": \"warp\"}", "wanspec.mode", "colocated"),
                field("\"wanspec\": {\"run_length\": 65}", "wanspec.run_length", "64"),
                field(
                        "\"wanspec\": {\"redundancy\": \"maybe\"}",
                        "wanspec.redundancy",
                        "never, always, entropy, value"),
                field("\"wanspec\": {\"price\": -1}", "wanspec.price", "between 0 and 100"),
                field("\"wanspec\": {\"goal\": \"glory\"}", "wanspec.goal", "economy, "),
                field("\"wanspec\": {\"draft\": \"bush\"}", "wanspec.draft", "chain, tree"),
                field("\"wanspec\": {\"mode\": \"colocated\", \"draft\": \"tree\"}", "wanspec.draft", "Leave it out"),
                field("\"wanspec\": {\"pass_nodes\": 65}", "wanspec.pass_nodes", "between 1 and 64"),
                field("\"wanspec\": {\"draft\": \"chain\", \"pass_nodes\": 2}", "wanspec.pass_nodes", "'tree'"),
                field("\"wanspec\": {\"candidates\": 9}", "wanspec.candidates", "between 1 and 8"),
                field("\"wanspec\": {\"mode\": \"colocated\", \"candidates\": 2}", "wanspec.candidates", "'tree'"),
                field("\"wanspec\": {\"window\": 0}", "wanspec.window", "between 1 and 256"),
                field("\"wanspec\": {\"speed\": 1}", "wanspec.speed", "Unknown"),
                field("\"wanspec\": 3", "wanspec", "expected an object"),
                whole("{" + MESSAGES + "}", "model", "Missing"),
                whole("{\"model\": 7, " + MESSAGES + "}", "model", "expected a string"),
                whole("{\"model\": \"toy-target\"}", "messages", "Missing"),
                whole("{\"model\": \"toy-target\", \"messages\": []}", "messages", "1 to"),
                whole("{\"model\": \"toy-target\", \"messages\": {}}", "messages", "an array"),
                message("{\"role\": \"king\", \"content\": \"x\"}", "messages[0].role", "system"),
                message("{\"role\": \"user\"}", "messages[0].content", "Missing"),
                message("{\"role\": \"user\", \"content\": 4}", "messages[0].content", "a string"),
                message(
                        "{\"role\": \"user\", \"content\": [{\"type\": \"image_url\", \"image_url\": {}}]}",
                        "messages[0].content[0].type",
                        "'text'"),
                message("\"x\"", "messages[0]", "an object"));
    }

    @ParameterizedTest
    @MethodSource("fields")
    void namesTheField(String body, String param, String words) throws Exception {
        JsonNode error = refused(400, CHAT, body);

        assertThat(error.at("/param").asText()).isEqualTo(param);
        assertThat(error.at("/message").asText()).contains(words);
    }

    @Test
    void malformedBodies() throws Exception {
        assertThat(refused(400, CHAT, "{\"model\": \"toy").at("/message").asText())
                .contains("not valid JSON");
        assertThat(refused(400, CHAT, "").at("/code").asText()).isEqualTo("malformed_body");
        assertThat(refused(400, CHAT, "[1]").at("/message").asText()).contains("must be a JSON object");
        assertThat(refused(400, CHAT, "{} {}").at("/message").asText()).contains("not valid JSON");
        assertThat(refused(400, CHAT, "{\"model\":\"a\",\"model\":\"b\"}")
                        .at("/message")
                        .asText())
                .contains("'model' twice");
        assertThat(refused(400, CHAT, "[".repeat(100_000)).at("/code").asText()).isEqualTo("malformed_body");
    }

    @Test
    void invalidUtf8() throws Exception {
        byte[] body = ("{\"model\": \"toy-target\", " + MESSAGES + "}").getBytes(StandardCharsets.UTF_8);
        body[body.length - 5] = (byte) 0xFF;
        var answer = stage.client.send(
                HttpRequest.newBuilder(stage.uri(CHAT))
                        .header("content-type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(error(400, answer).at("/message").asText()).contains("UTF-8");
    }

    @Test
    void unknownModel() throws Exception {
        JsonNode error = refused(404, CHAT, "{\"model\": \"gpt-5\", " + MESSAGES + "}");

        assertThat(error.at("/code").asText()).isEqualTo("model_not_found");
        assertThat(error.at("/message").asText()).contains("toy-target");
    }

    @Test
    void promptsThatDoNotFit() throws Exception {
        String huge = "{\"model\": \"toy-target\", \"prompt\": \"" + "x".repeat(5_000) + "\"}";
        assertThat(refused(400, TEXT, huge).at("/code").asText()).isEqualTo("context_length_exceeded");
        String greedy = "{\"model\": \"toy-target\", \"prompt\": \"x\", \"max_tokens\": 4096}";
        assertThat(refused(400, TEXT, greedy).at("/code").asText()).isEqualTo("context_length_exceeded");
        assertThat(refused(400, TEXT, "{\"model\": \"toy-target\", \"prompt\": \"\"}")
                        .at("/param")
                        .asText())
                .isEqualTo("prompt");
        assertThat(refused(400, TEXT, "{\"model\": \"toy-target\", \"prompt\": [\"a\", \"\"]}")
                        .at("/param")
                        .asText())
                .isEqualTo("prompt[1]");
        assertThat(refused(400, TEXT, "{\"model\": \"toy-target\", \"prompt\": [4, 97]}")
                        .at("/message")
                        .asText())
                .contains("token 97", "end at 96");
        assertThat(refused(400, TEXT, "{\"model\": \"toy-target\", \"prompt\": [[4], [-1]]}")
                        .at("/param")
                        .asText())
                .isEqualTo("prompt[1][0]");
        assertThat(refused(400, TEXT, "{\"model\": \"toy-target\", \"prompt\": [\"a\", \"b\"], \"n\": 17}")
                        .at("/message")
                        .asText())
                .contains("34 texts");
    }

    @Test
    void aBodyThatNoFunctionCouldBeSent() throws Exception {
        String body = "{\"model\": \"toy-target\", \"prompt\": \"" + "x".repeat(Limits.HTTP_BODY_BYTES_MAX) + "\"}";

        assertThat(refused(413, TEXT, body).at("/message").asText()).contains("4669440");
    }

    @Test
    void whatIsNoRoute() throws Exception {
        assertThat(error(404, stage.get("/v2/nothing")).at("/message").asText()).contains("/v2/nothing");
        error(405, stage.get(CHAT));
        error(404, stage.get("/v1/wanspec/sessions/nobody"));
        var answer = stage.client.send(
                HttpRequest.newBuilder(stage.uri(CHAT))
                        .header("content-type", "text/plain")
                        .POST(HttpRequest.BodyPublishers.ofString("hi"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        error(415, answer);
    }

    @Test
    void neutralValuesAreAccepted() throws Exception {
        var answer = stage.post(
                CHAT,
                "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"developer\", \"content\":"
                        + " [{\"type\": \"text\", \"text\": \"Be brief\"}]}], \"max_tokens\": 3, \"n\": 1, \"user\":"
                        + " \"u\", \"metadata\": {\"a\": \"b\"}, \"store\": false, \"presence_penalty\": 0,"
                        + " \"frequency_penalty\": 0.0, \"logprobs\": false, \"logit_bias\": {}, \"tools\": [],"
                        + " \"response_format\": {\"type\": \"text\"}, \"service_tier\": \"auto\", \"stop\": null,"
                        + " \"parallel_tool_calls\": true, \"top_k\": 0, \"stream\": false, \"stream_options\": null}");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private static JsonNode refused(int status, String path, String body) throws Exception {
        return error(status, stage.post(path, body));
    }

    private static JsonNode error(int status, HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("content-type").orElseThrow()).startsWith("application/json");
        JsonNode error = MAPPER.readTree(answer.body()).at("/error");
        assertThat(error.at("/message").asText()).isNotBlank();
        assertThat(error.at("/type").asText()).isNotBlank();
        assertThat(error.has("param")).isTrue();
        assertThat(error.has("code")).isTrue();
        return error;
    }

    private static Arguments field(String field, String param, String words) {
        return whole("{\"model\": \"toy-target\", " + MESSAGES + ", " + field + "}", param, words);
    }

    private static String tool(String function) {
        return "\"tools\": [{\"type\": \"function\", \"function\": {" + function + "}}]";
    }

    private static String format(String schema) {
        return "\"response_format\": {\"type\": \"json_schema\", \"json_schema\": {" + schema + "}}";
    }

    private static Arguments message(String message, String param, String words) {
        return whole("{\"model\": \"toy-target\", \"messages\": [" + message + "]}", param, words);
    }

    private static Arguments whole(String body, String param, String words) {
        return Arguments.of(body, param, words);
    }
}
