package io.wanspec.functions.schema;

import com.fasterxml.jackson.databind.JsonNode;

/** What the arguments of a call are: always an object, by whose brackets their end is found. */
final class ArgumentsSchema {
    /** References and alternatives, one within the other. */
    private static final int DEPTH_MAX = 16;

    private ArgumentsSchema() {}

    /**
     * Texts that fit; of a schema that says nothing, any object.
     *
     * @throws SchemaException if it allows anything but objects, or has a fault of its own
     */
    static String expression(Gbnf to, JsonNode said, String path) {
        if (said.isEmpty()) {
            return JsonRules.object(to);
        }
        String expression = new SchemaGrammar(to, said, path).expression();
        if (!isObject(said, said, 0)) {
            throw SchemaException.invalid(path, "must describe an object: give it \"type\": \"object\".");
        }
        return expression;
    }

    private static boolean isObject(JsonNode schema, JsonNode root, int depth) {
        if (depth > DEPTH_MAX || !schema.isObject()) {
            return false;
        }
        if (schema.has("$ref")) {
            String pointer = schema.path("$ref").asText();
            return pointer.startsWith("#/") && isObject(root.at(pointer.substring(1)), root, depth + 1);
        }
        if (schema.has("const") || schema.has("enum")) {
            return false;
        }
        for (String alternatives : new String[] {"anyOf", "allOf"}) {
            if (schema.has(alternatives)) {
                return areObjects(schema.path(alternatives), root, depth);
            }
        }
        return schema.has("type")
                ? schema.path("type").asText().equals("object")
                : schema.has("properties") || schema.has("additionalProperties");
    }

    private static boolean areObjects(JsonNode schemas, JsonNode root, int depth) {
        for (JsonNode schema : schemas) {
            if (!isObject(schema, root, depth + 1)) {
                return false;
            }
        }
        return schemas.isArray() && !schemas.isEmpty();
    }
}
