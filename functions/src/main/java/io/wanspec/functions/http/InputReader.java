package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.functions.responses.InputMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads the {@code input} of a response: a text, or messages of text parts, calls of before and their results. */
final class InputReader {
    private static final String INPUT = "input";

    /** Whose words a call's result is, to the model. */
    private static final String TOOL = "tool";

    private static final Set<String> ROLES = Set.of("system", "developer", "user", InputMessage.ASSISTANT);
    private static final Set<String> TEXT_PARTS = Set.of("input_text", "output_text");

    private InputReader() {}

    static List<InputMessage> read(Fields fields) {
        JsonNode input = fields.node(INPUT);
        if (input == null) {
            throw ApiException.missing(INPUT);
        }
        if (input.isTextual()) {
            return List.of(InputMessage.of("user", PromptReader.whole(INPUT, input.textValue())));
        }
        if (!input.isArray()) {
            throw ApiException.wrongType(INPUT, "a string, or an array of messages", Json.typeOf(input));
        }
        if (input.isEmpty() || input.size() > PromptReader.MESSAGES_MAX) {
            throw ApiException.invalid(
                    INPUT,
                    "'input' must have 1 to " + PromptReader.MESSAGES_MAX + " messages, has " + input.size() + ".");
        }
        List<InputMessage> messages = new ArrayList<>();
        for (int i = 0; i < input.size(); i++) {
            messages.add(message(input.path(i), INPUT + "[" + i + "]"));
        }
        return List.copyOf(messages);
    }

    private static InputMessage message(JsonNode node, String path) {
        Fields fields = object(node, path);
        String type = fields.string("type").orElse("message");
        return switch (type) {
            case "message" -> message(fields);
            case "function_call" -> call(fields);
            case "function_call_output" -> result(fields);
            default ->
                throw ApiException.unsupported(
                        fields.path("type"),
                        "Only input items of type 'message', 'function_call' and 'function_call_output' are served, not '"
                                + ApiException.shown(type) + "'.");
        };
    }

    /** A call of before, as the model wrote it. */
    private static InputMessage call(Fields fields) {
        String name = fields.string("name").orElseThrow(() -> ApiException.missing(fields.path("name")));
        String arguments = fields.string("arguments").orElse("");
        fields.string("id");
        fields.string("call_id");
        fields.string("status");
        fields.refuseOthers();
        return InputMessage.of(
                InputMessage.ASSISTANT,
                ToolCalls.text(
                        PromptReader.whole(fields.path("name"), name),
                        PromptReader.whole(fields.path("arguments"), arguments)));
    }

    /** What a call gave. */
    private static InputMessage result(Fields fields) {
        String path = fields.path("output");
        JsonNode output = fields.node("output");
        if (output == null) {
            throw ApiException.missing(path);
        }
        if (!output.isTextual()) {
            throw ApiException.wrongType(path, "a string", Json.typeOf(output));
        }
        fields.string("id");
        fields.string("call_id");
        fields.string("status");
        fields.refuseOthers();
        return InputMessage.of(TOOL, PromptReader.whole(path, output.textValue()));
    }

    private static InputMessage message(Fields fields) {
        String role = fields.string("role").orElseThrow(() -> ApiException.missing(fields.path("role")));
        if (!ROLES.contains(role)) {
            throw ApiException.invalid(
                    fields.path("role"),
                    "Invalid value for '" + fields.path("role") + "': must be system, developer, user or assistant.");
        }
        var message = new InputMessage(role, content(fields));
        // What an answer of this API carries: clients send whole output items back.
        fields.string("id");
        fields.string("status");
        fields.string("phase");
        fields.refuseOthers();
        return message;
    }

    private static List<String> content(Fields fields) {
        String path = fields.path("content");
        JsonNode content = fields.node("content");
        if (content == null) {
            throw ApiException.missing(path);
        }
        if (content.isTextual()) {
            return List.of(PromptReader.whole(path, content.textValue()));
        }
        if (!content.isArray()) {
            throw ApiException.wrongType(path, "a string, or an array of text parts", Json.typeOf(content));
        }
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < content.size(); i++) {
            parts.add(part(content.path(i), path + "[" + i + "]"));
        }
        return parts;
    }

    private static String part(JsonNode node, String path) {
        Fields part = object(node, path);
        String type = part.string("type").orElseThrow(() -> ApiException.missing(part.path("type")));
        if (!TEXT_PARTS.contains(type)) {
            throw ApiException.unsupported(
                    part.path("type"), "Only content parts of type 'input_text' and 'output_text' are served.");
        }
        String text = part.string("text").orElseThrow(() -> ApiException.missing(part.path("text")));
        part.node("annotations");
        part.node("logprobs");
        part.refuseOthers();
        return PromptReader.whole(part.path("text"), text);
    }

    private static Fields object(JsonNode node, String path) {
        if (!(node instanceof ObjectNode object)) {
            throw ApiException.wrongType(path, "an object", Json.typeOf(node));
        }
        return new Fields(object, path);
    }
}
