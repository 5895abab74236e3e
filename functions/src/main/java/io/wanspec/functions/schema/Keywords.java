package io.wanspec.functions.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a schema's keywords one by one; those that nobody asked for, and that would narrow what is valid, are refused by name. */
final class Keywords {
    /** Say something of a schema, and nothing of what is valid. */
    private static final Set<String> NOTES = Set.of(
            "title",
            "description",
            "default",
            "example",
            "examples",
            "$schema",
            "$id",
            "$comment",
            "$defs",
            "definitions",
            "deprecated",
            "readOnly",
            "writeOnly");

    private static final String REMEDY =
            "Leave it out, or say what is meant by keywords that are: see docs/structured-output.md.";

    private static final int COUNT_MAX = 10_000;

    private final ObjectNode schema;
    private final String path;
    private final Set<String> known = new HashSet<>();

    Keywords(ObjectNode schema, String path) {
        this.schema = schema;
        this.path = path;
    }

    String path(String keyword) {
        return path + "." + keyword;
    }

    @Nullable
    JsonNode find(String keyword) {
        known.add(keyword);
        return schema.get(keyword);
    }

    boolean has(String keyword) {
        return schema.has(keyword);
    }

    /** A count, at most as many as a grammar could have states. */
    OptionalInt count(String keyword) {
        JsonNode node = find(keyword);
        if (node == null) {
            return OptionalInt.empty();
        }
        if (!node.isIntegralNumber() || node.bigIntegerValue().signum() < 0) {
            throw SchemaException.invalid(path(keyword), "must be an integer of at least 0.");
        }
        if (!node.canConvertToInt() || node.intValue() > COUNT_MAX) {
            throw SchemaException.invalid(path(keyword), "must be at most " + COUNT_MAX + ". Use a smaller one.");
        }
        return OptionalInt.of(node.intValue());
    }

    /** Refuses what was not asked for. */
    void refuseOthers() {
        schema.properties().forEach(keyword -> {
            String name = keyword.getKey();
            if (!known.contains(name) && !NOTES.contains(name) && !saysNothing(name, keyword.getValue())) {
                throw SchemaException.unsupported(
                        path(shown(name)), name.equals("oneOf") ? "Say 'anyOf' in its place." : REMEDY);
            }
        });
    }

    private static boolean saysNothing(String keyword, JsonNode value) {
        return switch (keyword) {
            case "uniqueItems", "nullable" -> value.isBoolean() && !value.booleanValue();
            case "minProperties" -> value.isNumber() && value.doubleValue() == 0;
            default -> false;
        };
    }

    static String shown(String name) {
        return name.length() <= 64 ? name : name.substring(0, 64) + "...";
    }
}
