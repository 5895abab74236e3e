package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.wanspec.functions.schema.RandomSchema;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers of a form that the request says, by every route and mode: one text, which fits. */
class StructuredOutputTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final List<String> MODES = List.of("wanspec", "colocated");

    /** The toy model's word for it. */
    private static final int LESS_THAN = 29;

    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of()).ready();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @SeededTest(tries = 8)
    void jsonThatFitsASchema(Random random) throws Exception {
        ObjectNode schema = RandomSchema.small(random);
        ObjectNode body = body(random).set("response_format", format(schema));
        JsonNode alone = answer(body, "target-only");
        assertThat(alone.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
        requireFits(schema, alone.at("/choices/0/message/content").asText());
        for (String mode : MODES) {
            assertThat(answer(body, mode).at("/choices")).as(schema.toString()).isEqualTo(alone.at("/choices"));
        }
        assertThat(joined(streamed(body)))
                .isEqualTo(alone.at("/choices/0/message/content").asText());
    }

    @SeededTest(tries = 2)
    void callsOfTools(Random random) throws Exception {
        ObjectNode first = RandomSchema.small(random);
        ObjectNode body = body(random).put("tool_choice", "required");
        ArrayNode tools = body.putArray("tools");
        tools.add(tool("first", first));
        tools.add(tool("second-1", null));
        JsonNode alone = answer(body, "target-only");
        JsonNode message = alone.at("/choices/0/message");
        assertThat(alone.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        assertThat(message.path("content").isNull()).isTrue();
        assertThat(message.path("tool_calls")).isNotEmpty().hasSizeLessThanOrEqualTo(8);
        for (JsonNode call : message.path("tool_calls")) {
            assertThat(call.path("type").asText()).isEqualTo("function");
            assertThat(call.path("id").asText()).startsWith("call_");
            String arguments = call.at("/function/arguments").asText();
            if (call.at("/function/name").asText().equals("first")) {
                requireFits(first, arguments);
            } else {
                assertThat(call.at("/function/name").asText()).isEqualTo("second-1");
                assertThat(arguments).isEqualTo("{}");
            }
        }
        for (String mode : MODES) {
            assertThat(told(answer(body, mode))).isEqualTo(told(alone));
        }
        List<JsonNode> events = streamed(body);
        assertThat(calls(events)).isEqualTo(told(alone));
        assertThat(events.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
    }

    @Test
    void oneFunctionThatIsNamed() throws Exception {
        ObjectNode body = body(new Random(1));
        ArrayNode tools = body.putArray("tools");
        tools.add(tool("first", null));
        tools.add(tool("second", null));
        body.putObject("tool_choice")
                .put("type", "function")
                .putObject("function")
                .put("name", "second");
        JsonNode answer = answer(body, "wanspec");
        assertThat(told(answer)).containsExactly("second{}");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
    }

    /** It is the model's choice: by chance it says anything, and with one word in favour it calls. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theModelMayCall(boolean calls) throws Exception {
        ObjectNode schema = MAPPER.createObjectNode();
        schema.putObject("properties")
                .putObject("kind")
                .putArray("enum")
                .add("a")
                .add("b");
        schema.putArray("required").add("kind");
        ObjectNode body = body(new Random(1)).put("parallel_tool_calls", false).set("response_format", format(schema));
        body.putArray("tools").add(tool("look", schema));
        body.putObject("logit_bias").put(String.valueOf(LESS_THAN), calls ? 100 : -100);
        JsonNode answer = answer(body, "wanspec");
        assertThat(told(answer)).hasSize(calls ? 1 : 0);
        if (calls) {
            assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("tool_calls");
        } else {
            assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
            requireFits(schema, answer.at("/choices/0/message/content").asText());
        }
    }

    @Test
    void whereAnyTextMayBeItMayBeText() throws Exception {
        ObjectNode body = body(new Random(2)).put("max_tokens", 40);
        body.putArray("tools").add(tool("look", null));
        JsonNode alone = answer(body, "target-only");
        assertThat(alone.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        String text = alone.at("/choices/0/message/content").asText();
        assertThat(text).hasSize(40).doesNotContain("<tool_call>");
        assertThat(alone.at("/choices/0/message").has("tool_calls")).isFalse();
        assertThat(answer(body, "wanspec").at("/choices")).isEqualTo(alone.at("/choices"));
        assertThat(joined(streamed(body))).isEqualTo(text);
    }

    /** What is cut off is a beginning, and says so. */
    @Test
    void theLimitCuts() throws Exception {
        ObjectNode body = body(new Random(3)).put("max_tokens", 12);
        body.set(
                "response_format",
                format(MAPPER.createObjectNode().put("type", "string").put("minLength", 50)));
        JsonNode answer = answer(body, "wanspec");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("length");
        assertThat(answer.at("/choices/0/message/content").asText())
                .startsWith("\"")
                .hasSize(12);
    }

    /** Whatever bans or least tokens say, what the grammar leaves is chosen. */
    @Test
    void bansDoNotBreakIt() throws Exception {
        ObjectNode schema = MAPPER.createObjectNode();
        schema.putArray("enum").add("abc").add("abd");
        ObjectNode body = body(new Random(4)).put("min_tokens", 30).set("response_format", format(schema));
        ObjectNode bans = body.putObject("logit_bias");
        for (int word = 0; word < 97; word++) {
            bans.put(String.valueOf(word), -100);
        }
        JsonNode answer = answer(body, "wanspec");
        assertThat(answer.at("/choices/0/message/content").asText()).isIn("\"abc\"", "\"abd\"");
        assertThat(answer.at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    }

    @Test
    void aResponseThatFits() throws Exception {
        ObjectNode schema = RandomSchema.small(new Random(5));
        ObjectNode body = MAPPER.createObjectNode()
                .put("model", Stage.MODEL)
                .put("input", "Hello")
                .put("seed", 3);
        ObjectNode format = body.putObject("text").putObject("format");
        format.put("type", "json_schema").put("name", "any").put("strict", true).set("schema", schema);
        var answer = stage.post("/v1/responses", body.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode made = MAPPER.readTree(answer.body());
        requireFits(schema, made.at("/output/0/content/0/text").asText());
        assertThat(made.at("/text/format")).hasToString(format.toString());
    }

    @Test
    void aResponseThatCalls() throws Exception {
        ObjectNode schema = RandomSchema.small(new Random(6));
        ObjectNode body = MAPPER.createObjectNode().put("model", Stage.MODEL).put("seed", 3);
        ArrayNode input = body.putArray("input");
        input.addObject().put("role", "user").put("content", "Hello");
        input.addObject()
                .put("type", "function_call")
                .put("name", "look")
                .put("arguments", "{}")
                .put("call_id", "c");
        input.addObject()
                .put("type", "function_call_output")
                .put("call_id", "c")
                .put("output", "42");
        ObjectNode tool =
                body.putArray("tools").addObject().put("type", "function").put("name", "look");
        tool.set("parameters", schema);
        body.put("tool_choice", "required").put("parallel_tool_calls", false);
        var answer = stage.post("/v1/responses", body.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode made = MAPPER.readTree(answer.body());
        JsonNode call = made.at("/output/0");
        assertThat(made.path("output")).hasSize(1);
        assertThat(call.path("type").asText()).isEqualTo("function_call");
        assertThat(call.path("name").asText()).isEqualTo("look");
        assertThat(call.path("status").asText()).isEqualTo("completed");
        requireFits(schema, call.path("arguments").asText());
        assertThat(made.path("tools")).hasToString(body.path("tools").toString());
        assertThat(made.path("tool_choice").asText()).isEqualTo("required");

        var streamed = stage.post("/v1/responses", body.put("stream", true).toString());
        StringBuilder arguments = new StringBuilder();
        for (String line : streamed.body().lines().toList()) {
            if (line.contains("response.function_call_arguments.delta\"")) {
                arguments.append(MAPPER.readTree(line.substring("data: ".length()))
                        .path("delta")
                        .asText());
            }
        }
        assertThat(arguments).hasToString(call.path("arguments").asText());
    }

    private static ObjectNode body(Random random) {
        ObjectNode body = MAPPER.createObjectNode().put("model", Stage.MODEL);
        body.putArray("messages").addObject().put("role", "user").put("content", "Hello");
        return body.put("max_tokens", 1_500)
                .put("seed", random.nextInt(1_000))
                .put("temperature", random.nextInt(3) * 0.5);
    }

    private static ObjectNode format(ObjectNode schema) {
        ObjectNode format = MAPPER.createObjectNode().put("type", "json_schema");
        format.putObject("json_schema").put("name", "any").put("strict", true).set("schema", schema);
        return format;
    }

    private static ObjectNode tool(String name, @Nullable ObjectNode parameters) {
        ObjectNode tool = MAPPER.createObjectNode().put("type", "function");
        tool.putObject("function")
                .put("name", name)
                .put("description", "Does it.")
                .set("parameters", parameters);
        return tool;
    }

    private static JsonNode answer(ObjectNode body, String mode) throws Exception {
        ObjectNode sent = body.deepCopy();
        sent.putObject("wanspec").put("mode", mode);
        var answer = stage.post(CHAT, sent.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body());
    }

    private static List<JsonNode> streamed(ObjectNode body) throws Exception {
        var answer = stage.post(CHAT, body.deepCopy().put("stream", true).toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        List<JsonNode> events = new ArrayList<>();
        for (String line : answer.body().lines().toList()) {
            if (line.startsWith("data: {")) {
                events.add(MAPPER.readTree(line.substring("data: ".length())));
            }
        }
        return events;
    }

    private static String joined(List<JsonNode> events) {
        return events.stream()
                .map(event -> event.at("/choices/0/delta/content").asText(""))
                .collect(Collectors.joining());
    }

    /** Names and arguments. */
    private static List<String> told(JsonNode answer) {
        return answer.at("/choices/0/message/tool_calls")
                .valueStream()
                .map(call -> call.at("/function/name").asText()
                        + call.at("/function/arguments").asText())
                .toList();
    }

    private static List<String> calls(List<JsonNode> events) {
        List<StringBuilder> calls = new ArrayList<>();
        for (JsonNode event : events) {
            for (JsonNode call : event.at("/choices/0/delta/tool_calls")) {
                if (call.path("index").asInt() == calls.size()) {
                    calls.add(new StringBuilder());
                }
                calls.getLast()
                        .append(call.at("/function/name").asText(""))
                        .append(call.at("/function/arguments").asText(""));
            }
        }
        return calls.stream().map(StringBuilder::toString).toList();
    }

    private static void requireFits(JsonNode schema, String text) throws Exception {
        assertThat(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(schema)
                        .validate(MAPPER.readTree(text)))
                .as(schema + "\n" + text)
                .isEmpty();
    }
}
