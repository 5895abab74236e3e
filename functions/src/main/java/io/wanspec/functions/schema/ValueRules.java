package io.wanspec.functions.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Strings, numbers, and values that are listed. */
final class ValueRules {
    /** More than an automaton follows at once: the last ones could never be chosen. */
    private static final int VALUES_MAX = 1_000;

    private final Gbnf to;

    ValueRules(Gbnf to) {
        this.to = to;
    }

    String string(Keywords keywords) {
        JsonNode format = keywords.find("format");
        if (format != null) {
            return formatted(format, keywords);
        }
        int least = keywords.count("minLength").orElse(0);
        int most = keywords.count("maxLength").orElse(-1);
        if (most >= 0 && most < least) {
            throw SchemaException.invalid(keywords.path("maxLength"), "must not be below 'minLength'.");
        }
        return least == 0 && most < 0
                ? JsonRules.string(to)
                : "\"\\\"\" " + Gbnf.times(JsonRules.character(to), least, most) + " \"\\\"\"";
    }

    private String formatted(JsonNode format, Keywords keywords) {
        Optional<String> rule = Formats.find(format.asText());
        if (rule.isEmpty()) {
            throw SchemaException.unsupported(
                    keywords.path("format"), "Those that are: " + String.join(", ", Formats.names()) + ".");
        }
        return "\"\\\"\" " + to.shared("f-" + format.asText(), rule.get()) + " \"\\\"\"";
    }

    String integer(Keywords keywords) {
        NumberBounds bounds = NumberBounds.read(keywords, true);
        return bounds.isNone() ? JsonRules.integer(to) : bounds.integers();
    }

    String number(Keywords keywords) {
        NumberBounds bounds = NumberBounds.read(keywords, false);
        return bounds.isNone() ? JsonRules.number(to) : bounds.decimals();
    }

    /**
     * The values of {@code enum}, or the one of {@code const}.
     *
     * @param types those of other types are left out; none for any
     */
    String listed(Keywords keywords, List<String> types) {
        boolean one = keywords.has("const");
        if (one && keywords.has("enum")) {
            throw SchemaException.unsupported(keywords.path("enum"), "Say either 'const' or 'enum'.");
        }
        Set<String> written = new LinkedHashSet<>();
        for (JsonNode value : one ? constant(keywords) : values(keywords)) {
            if (types.isEmpty() || types.stream().anyMatch(type -> is(type, value))) {
                written.add(Gbnf.literal(written(value)));
            }
        }
        if (written.isEmpty()) {
            throw SchemaException.invalid(
                    keywords.path(one ? "const" : "enum"), "has no value of the schema's 'type'.");
        }
        if (written.size() > VALUES_MAX) {
            throw to.tooLarge();
        }
        return to.choice(new ArrayList<>(written));
    }

    private static List<JsonNode> constant(Keywords keywords) {
        JsonNode value = keywords.find("const");
        return value == null ? List.of() : List.of(value);
    }

    private static List<JsonNode> values(Keywords keywords) {
        JsonNode values = keywords.find("enum");
        if (values == null || !values.isArray() || values.isEmpty()) {
            throw SchemaException.invalid(keywords.path("enum"), "must be an array of values.");
        }
        return values.valueStream().toList();
    }

    private static boolean is(String type, JsonNode value) {
        return switch (type) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            default -> value.isNull();
        };
    }

    /** As this server writes values. */
    private static String written(JsonNode value) {
        if (value.isArray()) {
            return StreamSupport.stream(value.spliterator(), false)
                    .map(ValueRules::written)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
        if (value.isObject()) {
            return value.properties().stream()
                    .map(entry -> ObjectRules.quoted(entry.getKey()) + Gbnf.COLON + written(entry.getValue()))
                    .collect(Collectors.joining(", ", "{", "}"));
        }
        return value.toString();
    }
}
