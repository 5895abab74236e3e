package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the fields of a JSON object one by one, each with its type and bounds; what nobody asked for is unknown. A field
 * that is {@code null} counts as absent, as in OpenAI's API.
 */
final class Fields {
    private final ObjectNode object;
    private final String prefix;
    private final Set<String> known = new HashSet<>();

    /** @param path of the object itself, empty for the body */
    Fields(ObjectNode object, String path) {
        this.object = object;
        this.prefix = path.isEmpty() ? "" : path + ".";
    }

    String path(String name) {
        return prefix + name;
    }

    @Nullable
    JsonNode node(String name) {
        known.add(name);
        JsonNode node = object.get(name);
        return node == null || node.isNull() ? null : node;
    }

    Optional<String> string(String name) {
        JsonNode node = node(name);
        if (node != null && !node.isTextual()) {
            throw ApiException.wrongType(path(name), "a string", Json.typeOf(node));
        }
        return Optional.ofNullable(node).map(JsonNode::textValue);
    }

    boolean bool(String name) {
        JsonNode node = node(name);
        if (node != null && !node.isBoolean()) {
            throw ApiException.wrongType(path(name), "a boolean", Json.typeOf(node));
        }
        return node != null && node.booleanValue();
    }

    OptionalInt integer(String name, int min, int max) {
        OptionalLong value = integer64(name);
        if (value.isPresent() && (value.getAsLong() < min || value.getAsLong() > max)) {
            throw outOfBounds(name, String.valueOf(value.getAsLong()), "between " + min + " and " + max);
        }
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    OptionalLong integer64(String name) {
        JsonNode node = node(name);
        if (node == null) {
            return OptionalLong.empty();
        }
        if (!node.isIntegralNumber()) {
            throw ApiException.wrongType(path(name), "an integer", Json.typeOf(node));
        }
        if (!node.canConvertToLong()) {
            throw ApiException.invalid(path(name), "'" + path(name) + "' must be an integer of at most 64 bits.");
        }
        return OptionalLong.of(node.longValue());
    }

    /** @param aboveMin whether the lower bound itself is refused */
    OptionalDouble number(String name, double min, boolean aboveMin, double max) {
        JsonNode node = node(name);
        if (node == null) {
            return OptionalDouble.empty();
        }
        if (!node.isNumber()) {
            throw ApiException.wrongType(path(name), "a number", Json.typeOf(node));
        }
        double value = node.doubleValue();
        if (!(value >= min && value <= max) || (aboveMin && value == min)) {
            String bounds = aboveMin
                    ? "above " + trim(min) + " and at most " + trim(max)
                    : "between " + trim(min) + " and " + trim(max);
            throw outOfBounds(name, node.asText(), bounds);
        }
        return OptionalDouble.of(value);
    }

    Optional<Fields> object(String name) {
        JsonNode node = node(name);
        if (node == null) {
            return Optional.empty();
        }
        if (!(node instanceof ObjectNode inner)) {
            throw ApiException.wrongType(path(name), "an object", Json.typeOf(node));
        }
        return Optional.of(new Fields(inner, path(name)));
    }

    /** Refuses fields that nobody has asked for, unless they say nothing. */
    void refuseOthers() {
        for (var field : object.properties()) {
            if (!known.contains(field.getKey()) && !field.getValue().isNull()) {
                throw ApiException.unknown(path(shown(field.getKey())));
            }
        }
    }

    private ApiException outOfBounds(String name, String value, String bounds) {
        return ApiException.invalid(
                path(name),
                "Invalid value for '" + path(name) + "': must be " + bounds + ", was " + shown(value) + ".");
    }

    private static String trim(double bound) {
        return bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound);
    }

    private static String shown(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "...";
    }
}
