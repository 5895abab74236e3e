package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls of tools in an answer of before, as the text that stands for them in a prompt. Chat templates that know of calls write them so
 * (Hermes, Qwen, SmolLM3); those that know of none show the same words to their model.
 */
final class ToolCalls {
    private static final int CALLS_MAX = 128;

    private ToolCalls() {}

    /** @return empty if there are none */
    static String read(Fields message) {
        String path = message.path("tool_calls");
        JsonNode calls = message.node("tool_calls");
        if (calls == null) {
            return "";
        }
        if (!calls.isArray()) {
            throw ApiException.wrongType(path, "an array of calls", Json.typeOf(calls));
        }
        if (calls.size() > CALLS_MAX) {
            throw ApiException.invalid(
                    path, "'" + path + "' takes at most " + CALLS_MAX + " calls, got " + calls.size() + ".");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < calls.size(); i++) {
            texts.add(call(calls.path(i), path + "[" + i + "]"));
        }
        return String.join("\n", texts);
    }

    private static String call(JsonNode node, String path) {
        if (!(node instanceof ObjectNode object)) {
            throw ApiException.wrongType(path, "an object", Json.typeOf(node));
        }
        Fields call = new Fields(object, path);
        String type = call.string("type").orElse("function");
        if (!type.equals("function")) {
            throw ApiException.unsupported(call.path("type"), "Only calls of type 'function' are served.");
        }
        Fields function = call.object("function").orElseThrow(() -> ApiException.missing(call.path("function")));
        String name = function.string("name").orElseThrow(() -> ApiException.missing(function.path("name")));
        String arguments = function.string("arguments").orElse("");
        call.string("id");
        call.node("index");
        call.refuseOthers();
        function.refuseOthers();
        return text(
                PromptReader.whole(function.path("name"), name),
                PromptReader.whole(function.path("arguments"), arguments));
    }

    /** @param arguments JSON, as the model wrote it: it need not be valid */
    static String text(String name, String arguments) {
        return "<tool_call>\n{\"name\": " + Json.text(name) + ", \"arguments\": "
                + (arguments.isBlank() ? "{}" : arguments) + "}\n</tool_call>";
    }
}
