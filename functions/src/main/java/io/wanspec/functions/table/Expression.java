package io.wanspec.functions.table;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Conditions and updates in DynamoDB's language. Every name and value has a placeholder: some words are reserved there. */
final class Expression {
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, AttributeValue> values = new HashMap<>();

    /** @return null where there is nothing to ask */
    @Nullable
    String condition(Condition condition) {
        return condition instanceof Condition.Always ? null : text(condition);
    }

    String update(Update update) {
        Map<String, List<String>> clauses = update.steps().stream()
                .collect(Collectors.groupingBy(
                        Expression::keyword, Collectors.mapping(this::text, Collectors.toList())));
        return clauses.entrySet().stream()
                .map(clause -> clause.getKey() + " " + String.join(", ", clause.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** @return null if there are none, which DynamoDB wants to hear of */
    @Nullable
    Map<String, String> names() {
        return names.isEmpty() ? null : names;
    }

    @Nullable
    Map<String, AttributeValue> values() {
        return values.isEmpty() ? null : values;
    }

    private String text(Condition condition) {
        return switch (condition) {
            // Only as a part of others: the language has no word for it, and nothing has such an attribute.
            case Condition.Always() -> "attribute_not_exists(" + name("none") + ")";
            case Condition.Has(var attribute) -> "attribute_exists(" + name(attribute) + ")";
            case Condition.Compare(var attribute, var operator, var value) ->
                name(attribute) + " " + operator.sign() + " " + value(value);
            case Condition.All(var parts) -> joined(parts, " AND ");
            case Condition.Any(var parts) -> joined(parts, " OR ");
            case Condition.Not(Condition.Has(var attribute)) -> "attribute_not_exists(" + name(attribute) + ")";
            case Condition.Not(var part) -> "NOT (" + text(part) + ")";
        };
    }

    private String joined(List<Condition> parts, String word) {
        return parts.stream().map(part -> "(" + text(part) + ")").collect(Collectors.joining(word));
    }

    private static String keyword(Update.Step step) {
        return switch (step) {
            case Update.Set set -> "SET";
            case Update.Add add -> "ADD";
            case Update.Remove remove -> "REMOVE";
        };
    }

    private String text(Update.Step step) {
        return switch (step) {
            case Update.Set(var attribute, var value) -> name(attribute) + " = " + value(value);
            case Update.Add(var attribute, var number) -> name(attribute) + " " + value(Item.number(number));
            case Update.Remove(var attribute) -> name(attribute);
        };
    }

    private String name(String attribute) {
        String placeholder = "#" + attribute;
        names.put(placeholder, attribute);
        return placeholder;
    }

    private String value(AttributeValue value) {
        String placeholder = ":v" + values.size();
        values.put(placeholder, value);
        return placeholder;
    }
}
