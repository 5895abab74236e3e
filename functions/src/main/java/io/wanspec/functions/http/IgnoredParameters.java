package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fields of OpenAI's API that do nothing here. Clients send them at their neutral value, which is accepted; any other value
 * is refused, since the client would not get what it asks for. ({@code user} and {@code safety_identifier} change no answer either,
 * but tell callers apart.)
 */
final class IgnoredParameters {
    private static final List<Field> COMMON = List.of(
            new Field("n", Value.ONE, "only 1 is served: send one request for each answer"),
            new Field("user", Value.STRING, "must be a string"),
            new Field("presence_penalty", Value.ZERO, "only 0 is served"),
            new Field("frequency_penalty", Value.ZERO, "only 0 is served"),
            new Field("logit_bias", Value.EMPTY, "is not served: leave it out"));

    private static final Map<Api, List<Field>> SPECIAL = Map.of(
            Api.CHAT,
            List.of(
                    new Field("metadata", Value.OBJECT, "must be an object"),
                    new Field(
                            "store",
                            Value.FALSE,
                            "only false is served: nothing is stored for later training or review"),
                    new Field("logprobs", Value.FALSE, "only false is served"),
                    new Field("top_logprobs", Value.ZERO, "only 0 is served"),
                    new Field("response_format", Value.TEXT_FORMAT, "only {\"type\": \"text\"} is served"),
                    new Field("service_tier", Value.TIER, "only \"auto\" and \"default\" are served"),
                    new Field("parallel_tool_calls", Value.BOOLEAN, "must be a boolean"),
                    new Field("tools", Value.EMPTY, "is not served: leave it out"),
                    new Field("tool_choice", Value.NONE, "only \"none\" and \"auto\" are served"),
                    new Field("functions", Value.EMPTY, "is not served: leave it out"),
                    new Field("function_call", Value.NONE, "only \"none\" and \"auto\" are served"),
                    new Field("modalities", Value.TEXT_ONLY, "only [\"text\"] is served"),
                    new Field("safety_identifier", Value.STRING, "must be a string"),
                    new Field("prompt_cache_key", Value.STRING, "must be a string")),
            Api.TEXT,
            List.of(
                    new Field("best_of", Value.ONE, "only 1 is served"),
                    new Field("echo", Value.FALSE, "only false is served"),
                    new Field("suffix", Value.EMPTY_STRING, "is not served"),
                    new Field("logprobs", Value.ZERO, "is not served: leave it out")),
            Api.RESPONSES,
            List.of(
                    new Field("tools", Value.EMPTY, "is not served: leave it out"),
                    new Field("tool_choice", Value.NONE, "only \"none\" and \"auto\" are served"),
                    new Field("parallel_tool_calls", Value.BOOLEAN, "must be a boolean"),
                    new Field("max_tool_calls", Value.INTEGER, "must be an integer"),
                    new Field("include", Value.EMPTY, "is not served: leave it out"),
                    new Field("text", Value.TEXT_CONFIG, "only {\"format\": {\"type\": \"text\"}} is served"),
                    new Field("reasoning", Value.NULLS, "is not served: leave it out"),
                    new Field("truncation", Value.DISABLED, "only \"disabled\" is served"),
                    new Field("top_logprobs", Value.ZERO, "only 0 is served"),
                    new Field("service_tier", Value.TIER, "only \"auto\" and \"default\" are served"),
                    new Field("prompt_cache_retention", Value.STRING, "must be a string"),
                    new Field("prompt", Value.NULLS, "is not served: send the text as 'input'"),
                    new Field(
                            "conversation",
                            Value.NULLS,
                            "is not served: continue a conversation by 'previous_response_id'")));

    private record Field(String name, Value neutral, String limit) {}

    /** Values that ask for nothing. */
    @SuppressWarnings("ImmutableEnumChecker")
    private enum Value {
        FALSE(node -> node.isBoolean() && !node.booleanValue()),
        BOOLEAN(JsonNode::isBoolean),
        ZERO(node -> node.isNumber() && node.doubleValue() == 0),
        ONE(node -> node.isIntegralNumber() && node.intValue() == 1),
        EMPTY(node -> node.isContainerNode() && node.isEmpty()),
        INTEGER(JsonNode::isIntegralNumber),
        STRING(JsonNode::isTextual),
        EMPTY_STRING(node -> node.isTextual() && node.asText().isEmpty()),
        OBJECT(JsonNode::isObject),
        NONE(node -> isOne(node, "none", "auto")),
        TIER(node -> isOne(node, "auto", "default")),
        TEXT_FORMAT(node -> node.isObject() && "text".equals(node.path("type").asText())),
        TEXT_CONFIG(node -> node.isObject()
                && (node.path("format").isMissingNode() || TEXT_FORMAT.holds(node.path("format")))
                && (node.path("verbosity").isMissingNode()
                        || node.path("verbosity").asText().equals("medium"))
                && node.properties().stream()
                        .allMatch(field -> field.getKey().equals("format")
                                || field.getKey().equals("verbosity"))),
        NULLS(node -> node.isObject() && node.valueStream().allMatch(JsonNode::isNull)),
        DISABLED(node -> node.asText().equals("disabled")),
        TEXT_ONLY(node ->
                node.isArray() && node.size() == 1 && "text".equals(node.path(0).asText()));

        private final Predicate<JsonNode> rule;

        Value(Predicate<JsonNode> rule) {
            this.rule = rule;
        }

        boolean holds(JsonNode node) {
            return rule.test(node);
        }

        private static boolean isOne(JsonNode node, String one, String other) {
            return node.isTextual()
                    && (node.asText().equals(one) || node.asText().equals(other));
        }
    }

    private IgnoredParameters() {}

    /** @throws ApiException naming the first field that asks for something */
    static void check(Api api, Fields fields) {
        COMMON.forEach(field -> check(field, fields));
        SPECIAL.getOrDefault(api, List.of()).forEach(field -> check(field, fields));
    }

    static List<String> names(Api api) {
        return Stream.concat(COMMON.stream(), SPECIAL.getOrDefault(api, List.of()).stream())
                .map(Field::name)
                .toList();
    }

    private static void check(Field field, Fields fields) {
        @Nullable JsonNode node = fields.node(field.name());
        if (node != null && !field.neutral().holds(node)) {
            throw ApiException.unsupported(field.name(), "'" + field.name() + "' " + field.limit() + ".");
        }
    }
}
