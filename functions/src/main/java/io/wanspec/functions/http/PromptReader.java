package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.invoke.ChatMessage;
import io.wanspec.contracts.invoke.Invocation;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads {@code messages} and {@code prompt}. */
final class PromptReader {
    private static final Set<String> ROLES = Set.of("system", "developer", "user", "assistant");
    static final int MESSAGES_MAX = 2_048;

    private PromptReader() {}

    static Invocation.Tokenize read(Api api, Fields fields) {
        return switch (api) {
            case CHAT -> new Invocation.Tokenize(messages(fields), null);
            case TEXT -> new Invocation.Tokenize(null, text(fields));
            case RESPONSES -> new Invocation.Tokenize(ResponseRequest.chat(InputReader.read(fields)), null);
        };
    }

    private static String text(Fields fields) {
        JsonNode prompt = fields.node("prompt");
        if (prompt == null) {
            throw ApiException.missing("prompt");
        }
        if (prompt.isArray() && prompt.size() != 1) {
            throw ApiException.invalid(
                    "prompt", "'prompt' must be one string; of several, send each in a request of its own.");
        }
        JsonNode only = prompt.isArray() ? prompt.path(0) : prompt;
        if (!only.isTextual()) {
            throw ApiException.wrongType("prompt", "a string, or an array of one string", Json.typeOf(only));
        }
        if (only.textValue().isEmpty()) {
            throw ApiException.invalid("prompt", "'prompt' must not be empty. Give at least one character.");
        }
        return only.textValue();
    }

    private static List<ChatMessage> messages(Fields fields) {
        JsonNode messages = fields.node("messages");
        if (messages == null) {
            throw ApiException.missing("messages");
        }
        if (!messages.isArray()) {
            throw ApiException.wrongType("messages", "an array of messages", Json.typeOf(messages));
        }
        if (messages.isEmpty() || messages.size() > MESSAGES_MAX) {
            throw ApiException.invalid(
                    "messages",
                    "'messages' must have 1 to " + MESSAGES_MAX + " messages, has " + messages.size() + ".");
        }
        List<ChatMessage> read = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            read.add(message(messages.path(i), "messages[" + i + "]"));
        }
        return List.copyOf(read);
    }

    private static ChatMessage message(JsonNode node, String path) {
        if (!(node instanceof ObjectNode object)) {
            throw ApiException.wrongType(path, "an object", Json.typeOf(node));
        }
        Fields fields = new Fields(object, path);
        String role = fields.string("role").orElseThrow(() -> ApiException.missing(fields.path("role")));
        if (!ROLES.contains(role)) {
            throw ApiException.invalid(
                    fields.path("role"),
                    "Invalid value for '" + fields.path("role") + "': must be system, developer, user or assistant.");
        }
        String content = content(fields);
        fields.string("name");
        refuseSet(fields, "tool_calls");
        refuseSet(fields, "function_call");
        refuseSet(fields, "refusal");
        refuseSet(fields, "audio");
        fields.node("annotations");
        fields.refuseOthers();
        return new ChatMessage(templateRole(role), content);
    }

    /** Developer is OpenAI's newer name for the system's words; chat templates know the older one. */
    static String templateRole(String role) {
        return role.equals("developer") ? "system" : role;
    }

    private static void refuseSet(Fields fields, String name) {
        JsonNode node = fields.node(name);
        if (node != null && !(node.isContainerNode() && node.isEmpty())) {
            throw ApiException.unsupported(fields.path(name), "'" + fields.path(name) + "' is not served.");
        }
    }

    private static String content(Fields fields) {
        String path = fields.path("content");
        JsonNode content = fields.node("content");
        if (content == null) {
            throw ApiException.missing(path);
        }
        if (content.isTextual()) {
            return content.textValue();
        }
        if (!content.isArray()) {
            throw ApiException.wrongType(path, "a string, or an array of text parts", Json.typeOf(content));
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < content.size(); i++) {
            text.append(part(content.path(i), path + "[" + i + "]"));
        }
        return text.toString();
    }

    private static String part(JsonNode node, String path) {
        if (!(node instanceof ObjectNode object)) {
            throw ApiException.wrongType(path, "an object", Json.typeOf(node));
        }
        Fields part = new Fields(object, path);
        String type = part.string("type").orElseThrow(() -> ApiException.missing(part.path("type")));
        if (!type.equals("text")) {
            throw ApiException.unsupported(part.path("type"), "Only content parts of type 'text' are served.");
        }
        String text = part.string("text").orElseThrow(() -> ApiException.missing(part.path("text")));
        part.refuseOthers();
        return text;
    }
}
