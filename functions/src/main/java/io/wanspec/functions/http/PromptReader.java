package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.invoke.ChatMessage;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.functions.schema.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code messages}, {@code prompt} and {@code input}. */
final class PromptReader {
    private static final String PROMPT = "prompt";
    private static final String ASSISTANT = "assistant";
    private static final String TOOL = "tool";
    private static final Set<String> ROLES = Set.of("system", "developer", "user", ASSISTANT, TOOL);
    static final int MESSAGES_MAX = 2_048;

    private PromptReader() {}

    /**
     * @param tools that a chat's model is told of
     * @return at least one, and of a chat no more than that
     */
    static List<PromptForm> read(Api api, Fields fields, List<Tool> tools) {
        return switch (api) {
            case CHAT ->
                List.of(new PromptForm.Written(
                        new Invocation.Tokenize(ToolPrompt.with(tools, messages(fields)), null)));
            case TEXT -> texts(fields);
            case RESPONSES ->
                List.of(new PromptForm.Written(
                        new Invocation.Tokenize(ResponseRequest.chat(InputReader.read(fields)), null)));
        };
    }

    /** A string, or ids; or several of either. */
    private static List<PromptForm> texts(Fields fields) {
        JsonNode prompt = fields.node(PROMPT);
        if (prompt == null) {
            throw ApiException.missing(PROMPT);
        }
        if (!prompt.isArray() || prompt.path(0).isNumber()) {
            return List.of(text(PROMPT, prompt));
        }
        if (prompt.isEmpty() || prompt.size() > Choices.CHOICES_MAX) {
            throw ApiException.invalid(
                    PROMPT,
                    "'prompt' must have 1 to " + Choices.CHOICES_MAX + " prompts, has " + prompt.size()
                            + ". Send several requests.");
        }
        List<PromptForm> all = new ArrayList<>();
        for (int i = 0; i < prompt.size(); i++) {
            all.add(text(PROMPT + "[" + i + "]", prompt.path(i)));
        }
        return all;
    }

    private static PromptForm text(String path, JsonNode prompt) {
        if (prompt.isArray()) {
            return new PromptForm.Given(ids(path, prompt));
        }
        if (!prompt.isTextual()) {
            throw ApiException.wrongType(path, "a string, or an array of token ids", Json.typeOf(prompt));
        }
        if (prompt.textValue().isEmpty()) {
            throw ApiException.invalid(path, "'" + path + "' must not be empty. Give at least one character.");
        }
        return new PromptForm.Written(new Invocation.Tokenize(null, whole(path, prompt.textValue())));
    }

    /** Whether the model has them is known when it is asked. */
    private static Tokens ids(String path, JsonNode prompt) {
        if (prompt.isEmpty() || prompt.size() > Limits.SEQUENCE_TOKENS_MAX) {
            throw ApiException.invalid(
                    path,
                    "'" + path + "' must have 1 to " + Limits.SEQUENCE_TOKENS_MAX + " token ids, has " + prompt.size()
                            + ".");
        }
        int[] ids = new int[prompt.size()];
        for (int i = 0; i < ids.length; i++) {
            JsonNode id = prompt.path(i);
            if (!id.isIntegralNumber() || !id.canConvertToInt() || id.intValue() < 0) {
                throw ApiException.wrongType(path + "[" + i + "]", "a token id", Json.typeOf(id));
            }
            ids[i] = id.intValue();
        }
        return Tokens.of(ids);
    }

    /** No text has a NUL: what stands behind it would be lost in the tokenizer. */
    static String whole(String path, String text) {
        if (text.indexOf('\0') >= 0) {
            throw ApiException.invalid(
                    path, "'" + path + "' has a NUL character (\\u0000), which no text has. Remove it.");
        }
        return text;
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
                    "Invalid value for '" + fields.path("role")
                            + "': must be system, developer, user, assistant or tool.");
        }
        String content = role.equals(ASSISTANT) ? answered(fields) : content(fields);
        fields.string("name");
        if (role.equals(TOOL)) {
            fields.string("tool_call_id");
        }
        if (!role.equals(ASSISTANT)) {
            refuseSet(fields, "tool_calls");
        }
        refuseSet(fields, "function_call");
        refuseSet(fields, "refusal");
        refuseSet(fields, "audio");
        fields.node("annotations");
        fields.node("reasoning");
        fields.node("reasoning_content");
        fields.refuseOthers();
        return new ChatMessage(templateRole(role), content);
    }

    /** What the answer may be, in OpenAI's form. */
    static Optional<PromptForm> prediction(Fields fields) {
        Optional<Fields> prediction = fields.object("prediction");
        if (prediction.isEmpty()) {
            return Optional.empty();
        }
        Fields read = prediction.get();
        String type = read.string("type").orElseThrow(() -> ApiException.missing(read.path("type")));
        if (!type.equals("content")) {
            throw ApiException.unsupported(read.path("type"), "Only predictions of type 'content' are served.");
        }
        String text = content(read);
        read.refuseOthers();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new PromptForm.Written(new Invocation.Tokenize(null, text)));
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

    /** An answer of before: text, calls of tools, or both. */
    private static String answered(Fields fields) {
        String calls = ToolCalls.read(fields);
        boolean spoken = fields.node("content") != null;
        if (calls.isEmpty()) {
            return content(fields);
        }
        String text = spoken ? content(fields) : "";
        return text.isEmpty() ? calls : text + "\n" + calls;
    }

    private static String content(Fields fields) {
        String path = fields.path("content");
        JsonNode content = fields.node("content");
        if (content == null) {
            throw ApiException.missing(path);
        }
        if (content.isTextual()) {
            return whole(path, content.textValue());
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
        return whole(part.path("text"), text);
    }
}
