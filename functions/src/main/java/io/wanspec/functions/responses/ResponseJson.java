package io.wanspec.functions.responses;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.request.SpeculationFields;
import java.util.List;

/**
 * A response in OpenAI's shape with one field more, {@code wanspec}. It depends on its head, its text and its end alone: no
 * time is taken here, and what depends on rounds (the ledger) is not in it.
 */
public final class ResponseJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ResponseHead head;

    public ResponseJson(ResponseHead head) {
        this.head = head;
    }

    public ObjectNode of(ResponseState state) {
        ResponseOptions options = head.options();
        ObjectNode json = NODES.objectNode();
        json.put("id", head.id().value());
        json.put("object", "response");
        json.put("created_at", head.createdSeconds());
        json.put("status", status(state));
        json.put("background", options.background());
        describe(json, state);
        json.put("instructions", options.instructions().orElse(null));
        json.set("max_output_tokens", number(options));
        json.putNull("max_tool_calls");
        json.put("model", head.model());
        json.set("output", output(state));
        json.put(
                "parallel_tool_calls",
                options.calling()
                        .map(calling -> calling.path("parallel_tool_calls").booleanValue())
                        .orElse(true));
        json.put(
                "previous_response_id",
                options.previous().map(ResponseId::value).orElse(null));
        json.put("prompt_cache_key", options.promptCacheKey().orElse(null));
        json.putObject("reasoning").putNull("effort").putNull("summary");
        json.put("safety_identifier", options.safetyIdentifier().orElse(null));
        json.put("service_tier", "default");
        json.put("store", options.stored());
        json.put("temperature", options.temperature());
        json.putObject("text")
                .set(
                        "format",
                        options.format().orElseGet(() -> NODES.objectNode().put("type", "text")));
        json.set(
                "tool_choice",
                options.calling().map(calling -> calling.path("tool_choice")).orElse(NODES.textNode("auto")));
        json.set(
                "tools", options.calling().map(calling -> calling.path("tools")).orElse(NODES.arrayNode()));
        json.put("top_logprobs", options.logprobs().orElse(0));
        json.put("top_p", options.topP());
        json.put("truncation", "disabled");
        usage(json, state);
        json.put("user", options.user().orElse(null));
        options.metadata().forEach(json.putObject("metadata")::put);
        ObjectNode extension = json.putObject(SpeculationFields.OBJECT);
        extension.put("session", head.id().session().value());
        extension.put("seed", head.seed());
        extension.put(SpeculationFields.MODE, head.mode());
        return json;
    }

    /** The message of the output. */
    ObjectNode item(String status, ArrayNode content) {
        ObjectNode item = NODES.objectNode();
        item.put("id", head.id().outputItem());
        item.put("type", "message");
        item.put("status", status);
        item.put("role", "assistant");
        item.set("content", content);
        return item;
    }

    static ObjectNode textPart(String text, List<TokenLogprobs> told) {
        ObjectNode part = NODES.objectNode();
        part.put("type", "output_text");
        part.put("text", text);
        part.putArray("annotations");
        part.set("logprobs", LogprobEntries.of(told));
        return part;
    }

    static ArrayNode content(String text, List<TokenLogprobs> told) {
        return NODES.arrayNode().add(textPart(text, told));
    }

    /** Of the message: whole only if the response is. */
    static String itemStatus(TextEnd end) {
        return end instanceof TextEnd.Completed ? "completed" : "incomplete";
    }

    private static JsonNode number(ResponseOptions options) {
        return options.maxOutputTokens().isPresent()
                ? NODES.numberNode(options.maxOutputTokens().getAsInt())
                : NODES.nullNode();
    }

    private static String status(ResponseState state) {
        return switch (state.end().orElse(null)) {
            case null ->
                switch (state.phase()) {
                    case QUEUED -> "queued";
                    case IN_PROGRESS -> "in_progress";
                };
            case TextEnd.Completed completed -> "completed";
            case TextEnd.Full full -> "incomplete";
            case TextEnd.Abandoned abandoned -> "incomplete";
            case TextEnd.Cancelled cancelled -> "cancelled";
            case TextEnd.Failed failed -> "failed";
        };
    }

    /** Why it is not complete, in the one of two fields that OpenAI's clients look at. */
    private static void describe(ObjectNode json, ResponseState state) {
        String message = switch (state.end().orElse(null)) {
            case null -> null;
            case TextEnd.Completed completed -> null;
            case TextEnd.Full full -> null;
            case TextEnd.Cancelled cancelled -> null;
            case TextEnd.Abandoned abandoned -> abandoned.message();
            case TextEnd.Failed failed -> failed.message();
        };
        if (message == null) {
            json.putNull("error");
        } else {
            json.putObject("error").put("code", "server_error").put("message", message);
        }
        if (state.end().orElse(null) instanceof TextEnd.Full) {
            json.putObject("incomplete_details").put("reason", "max_output_tokens");
        } else {
            json.putNull("incomplete_details");
        }
    }

    /** Nothing before the end; then message and calls, unless there was an end before any text. */
    private ArrayNode output(ResponseState state) {
        ArrayNode output = NODES.arrayNode();
        if (state.end().isPresent()
                && EventSequence.hasMessage(state.text(), state.end().get())) {
            OutputItems items = new OutputItems(head);
            items.take(state.text());
            items.end();
            output.addAll(
                    items.all(this, itemStatus(state.end().get()), state.seen().told()));
        }
        return output;
    }

    private void usage(ObjectNode json, ResponseState state) {
        if (state.end().isEmpty()) {
            json.putNull("usage");
            return;
        }
        TextEnd end = state.end().get();
        int tokens = end.tokens();
        ObjectNode usage = json.putObject("usage");
        usage.put("input_tokens", head.promptTokens());
        usage.putObject("input_tokens_details")
                .put("cached_tokens", end.cachedTokens())
                .put("cache_write_tokens", 0);
        usage.put("output_tokens", tokens);
        usage.putObject("output_tokens_details").put("reasoning_tokens", 0);
        usage.put("total_tokens", head.promptTokens() + tokens);
    }
}
