package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.function.Predicate;

/** Values of fields that ask for nothing, or for nothing that could be had or missed. */
@SuppressWarnings("ImmutableEnumChecker")
enum NeutralValue {
    /** Only {@code null}, which is no value. */
    NOTHING(node -> false),
    FALSE(node -> node.isBoolean() && !node.booleanValue()),
    TRUE(JsonNode::booleanValue),
    BOOLEAN(JsonNode::isBoolean),
    ZERO(node -> node.isNumber() && node.doubleValue() == 0),
    ONE(node -> node.isNumber() && node.doubleValue() == 1),
    NUMBER(JsonNode::isNumber),
    INTEGER(JsonNode::isIntegralNumber),
    EMPTY(node -> node.isContainerNode() && node.isEmpty()),
    STRING(JsonNode::isTextual),
    EMPTY_STRING(node -> node.isTextual() && node.asText().isEmpty()),
    OBJECT(JsonNode::isObject),
    NONE(node -> isOne(node, "none", "auto")),
    TIER(node -> isOne(node, "auto", "default")),
    NULLS(node -> node.isObject() && node.valueStream().allMatch(JsonNode::isNull)),
    EFFORT_ONLY(node -> node.isObject()
            && node.properties().stream()
                    .allMatch(field -> field.getValue().isNull()
                            || (field.getKey().equals("effort")
                                    && field.getValue().isTextual()))),
    DISABLED(node -> node.asText().equals("disabled")),
    TEXT_ONLY(node ->
            node.isArray() && node.size() == 1 && "text".equals(node.path(0).asText()));

    private final Predicate<JsonNode> rule;

    NeutralValue(Predicate<JsonNode> rule) {
        this.rule = rule;
    }

    boolean holds(JsonNode node) {
        return rule.test(node);
    }

    private static boolean isOne(JsonNode node, String one, String other) {
        return node.isTextual() && (node.asText().equals(one) || node.asText().equals(other));
    }
}
