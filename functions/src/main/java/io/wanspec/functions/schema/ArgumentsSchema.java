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

    /** Of a schema whose grammar is written, so that its words are known to be right. */
    private static boolean isObject(JsonNode schema, JsonNode root, int depth) {
        if (depth > DEPTH_MAX || !schema.isObject()) {
            return false;
        }
        if (schema.has("$ref")) {
            return isObject(root.at(schema.path("$ref").asText().substring(1)), root, depth + 1);
        }
        if (schema.has("const") || schema.has("enum")) {
            return false;
        }
        for (String alternatives : new String[] {"anyOf", "allOf"}) {
            if (schema.has(alternatives)) {
                return schema.path(alternatives).valueStream().allMatch(one -> isObject(one, root, depth + 1));
            }
        }
        return schema.has("type")
                ? schema.path("type").asText().equals("object")
                : schema.has("properties") || schema.has("additionalProperties");
    }
}
