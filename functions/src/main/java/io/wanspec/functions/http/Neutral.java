package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Fields of OpenAI's API that do nothing here. Clients send them at their neutral value, which is accepted; any other value
 * is refused, since the client would not get what it asks for.
 */
final class Neutral {
    private static final Predicate<JsonNode> FALSE = node -> node.isBoolean() && !node.booleanValue();
    private static final Predicate<JsonNode> BOOLEAN = JsonNode::isBoolean;
    private static final Predicate<JsonNode> ZERO = node -> node.isNumber() && node.doubleValue() == 0;
    private static final Predicate<JsonNode> ONE = node -> node.isIntegralNumber() && node.intValue() == 1;
    private static final Predicate<JsonNode> EMPTY = node -> node.isContainerNode() && node.isEmpty();
    private static final Predicate<JsonNode> STRING = JsonNode::isTextual;
    private static final Predicate<JsonNode> OBJECT = JsonNode::isObject;
    private static final Predicate<JsonNode> NONE = node -> node.isTextual() && isOne(node, "none", "auto");
    private static final Predicate<JsonNode> TIER = node -> node.isTextual() && isOne(node, "auto", "default");
    private static final Predicate<JsonNode> TEXT_FORMAT =
            node -> node.isObject() && "text".equals(node.path("type").asText());
    private static final Predicate<JsonNode> TEXT_ONLY = node ->
            node.isArray() && node.size() == 1 && "text".equals(node.path(0).asText());

    private static final List<Field> COMMON = List.of(
            new Field("n", ONE, "only 1 is served: send one request for each answer"),
            new Field("user", STRING, "must be a string"),
            new Field("presence_penalty", ZERO, "only 0 is served"),
            new Field("frequency_penalty", ZERO, "only 0 is served"),
            new Field("logit_bias", EMPTY, "is not served: leave it out"));

    private static final Map<Api, List<Field>> SPECIAL = Map.of(
            Api.CHAT,
            List.of(
                    new Field("metadata", OBJECT, "must be an object"),
                    new Field("store", FALSE, "only false is served: nothing is stored for later training or review"),
                    new Field("logprobs", FALSE, "only false is served"),
                    new Field("top_logprobs", ZERO, "only 0 is served"),
                    new Field("response_format", TEXT_FORMAT, "only {\"type\": \"text\"} is served"),
                    new Field("service_tier", TIER, "only \"auto\" and \"default\" are served"),
                    new Field("parallel_tool_calls", BOOLEAN, "must be a boolean"),
                    new Field("tools", EMPTY, "is not served: leave it out"),
                    new Field("tool_choice", NONE, "only \"none\" and \"auto\" are served"),
                    new Field("functions", EMPTY, "is not served: leave it out"),
                    new Field("function_call", NONE, "only \"none\" and \"auto\" are served"),
                    new Field("modalities", TEXT_ONLY, "only [\"text\"] is served"),
                    new Field("safety_identifier", STRING, "must be a string"),
                    new Field("prompt_cache_key", STRING, "must be a string")),
            Api.TEXT,
            List.of(
                    new Field("best_of", ONE, "only 1 is served"),
                    new Field("echo", FALSE, "only false is served"),
                    new Field(
                            "suffix", node -> node.isTextual() && node.asText().isEmpty(), "is not served"),
                    new Field("logprobs", ZERO, "is not served: leave it out")));

    private record Field(String name, Predicate<JsonNode> neutral, String limit) {}

    private Neutral() {}

    /** @throws ApiException naming the first field that asks for something */
    static void check(Api api, Fields fields) {
        COMMON.forEach(field -> check(field, fields));
        SPECIAL.getOrDefault(api, List.of()).forEach(field -> check(field, fields));
    }

    private static void check(Field field, Fields fields) {
        @Nullable JsonNode node = fields.node(field.name());
        if (node != null && !field.neutral().test(node)) {
            throw ApiException.unsupported(field.name(), "'" + field.name() + "' " + field.limit() + ".");
        }
    }

    private static boolean isOne(JsonNode node, String one, String other) {
        return node.asText().equals(one) || node.asText().equals(other);
    }
}
