package io.wanspec.functions.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The texts that fit a schema, in the order and with the blanks that this server writes: properties stand in the schema's order, those that are not required
 * may be left out. Every text of the grammar is valid; not every valid text is of the grammar.
 */
final class SchemaGrammar {
    private static final Set<String> TYPES =
            Set.of("object", "array", "string", "integer", "number", "boolean", "null");

    /** Each is some calls within those of the one around it. */
    private static final int DEPTH_MAX = 128;

    private final Gbnf to;
    private final JsonNode root;
    private final String rootPath;

    /** The rules of what is referred to. */
    private final Map<String, String> referred = new HashMap<>();

    /** How deep the schema is that is read, references followed. */
    private int depth;

    private final ValueRules values;
    private final ObjectRules objects;

    SchemaGrammar(Gbnf to, JsonNode root, String rootPath) {
        this.to = to;
        this.root = root;
        this.rootPath = rootPath;
        values = new ValueRules(to);
        objects = new ObjectRules(to, this::expression);
    }

    /** The expression of the whole schema. */
    String expression() {
        return reference("#", rootPath);
    }

    private String expression(JsonNode schema, String path) {
        if (schema.isBoolean() && schema.booleanValue()) {
            return JsonRules.value(to);
        }
        if (!(schema instanceof ObjectNode object)) {
            throw SchemaException.invalid(path, "must be a schema: an object.");
        }
        if (depth == DEPTH_MAX) {
            throw to.tooLarge();
        }
        depth++;
        Keywords keywords = new Keywords(object, path);
        String expression = expression(keywords);
        keywords.refuseOthers();
        depth--;
        return expression;
    }

    private String expression(Keywords keywords) {
        if (keywords.has("$ref")) {
            return reference(keywords);
        }
        if (keywords.has("const") || keywords.has("enum")) {
            return values.listed(keywords, types(keywords));
        }
        if (keywords.has("anyOf")) {
            return anyOf(keywords);
        }
        if (keywords.has("allOf")) {
            return allOf(keywords);
        }
        List<String> types = types(keywords);
        if (types.isEmpty()) {
            return JsonRules.value(to);
        }
        return to.choice(types.stream().map(type -> typed(type, keywords)).toList());
    }

    /** Whatever keywords belong to one of several types are read for it alone. */
    private String typed(String type, Keywords keywords) {
        return switch (type) {
            case "object" -> objects.of(keywords);
            case "array" -> array(keywords);
            case "string" -> values.string(keywords);
            case "integer" -> values.integer(keywords);
            case "number" -> values.number(keywords);
            case "boolean" -> JsonRules.bool();
            default -> JsonRules.nothing();
        };
    }

    /** @return none where any is meant */
    private static List<String> types(Keywords keywords) {
        JsonNode type = keywords.find("type");
        List<String> types = new ArrayList<>();
        if (type == null) {
            return implied(keywords);
        }
        if (type.isArray() && !type.isEmpty()) {
            type.forEach(one -> types.add(type(one, keywords)));
        } else {
            types.add(type(type, keywords));
        }
        return types.stream().distinct().toList();
    }

    private static String type(JsonNode type, Keywords keywords) {
        if (!TYPES.contains(type.asText())) {
            throw SchemaException.invalid(
                    keywords.path("type"),
                    "must be object, array, string, integer, number, boolean or null, or an array of those.");
        }
        return type.asText();
    }

    private static List<String> implied(Keywords keywords) {
        if (keywords.has("properties") || keywords.has("additionalProperties")) {
            return List.of("object");
        }
        return keywords.has("items") ? List.of("array") : List.of();
    }

    private String array(Keywords keywords) {
        JsonNode items = keywords.find("items");
        String item = items == null ? JsonRules.value(to) : expression(items, keywords.path("items"));
        int least = keywords.count("minItems").orElse(0);
        int most = keywords.count("maxItems").orElse(-1);
        if (most >= 0 && most < least) {
            throw SchemaException.invalid(keywords.path("maxItems"), "must not be below 'minItems'.");
        }
        if (most == 0) {
            return "\"[]\"";
        }
        String rest = Gbnf.times(Gbnf.COMMA + " " + item, Math.max(0, least - 1), most < 0 ? most : most - 1);
        String entries = item + " " + rest;
        return to.sequence(List.of("\"[\"", least == 0 ? Gbnf.optional(entries) : entries, "\"]\""));
    }

    private String anyOf(Keywords keywords) {
        JsonNode any = alternatives("anyOf", keywords);
        List<String> expressions = new ArrayList<>();
        for (int i = 0; i < any.size(); i++) {
            expressions.add(expression(any.path(i), keywords.path("anyOf[" + i + "]")));
        }
        return to.choice(expressions);
    }

    /** Generators write references so. */
    private String allOf(Keywords keywords) {
        JsonNode all = alternatives("allOf", keywords);
        if (all.size() != 1) {
            throw SchemaException.unsupported(
                    keywords.path("allOf"), "Only one entry is: write out what several say together.");
        }
        return expression(all.path(0), keywords.path("allOf[0]"));
    }

    private static JsonNode alternatives(String keyword, Keywords keywords) {
        JsonNode alternatives = keywords.find(keyword);
        if (alternatives == null || !alternatives.isArray() || alternatives.isEmpty()) {
            throw SchemaException.invalid(keywords.path(keyword), "must be an array of schemas.");
        }
        return alternatives;
    }

    private String reference(Keywords keywords) {
        JsonNode pointer = keywords.find("$ref");
        if (pointer == null || !pointer.isTextual()) {
            throw SchemaException.invalid(keywords.path("$ref"), "must be a string.");
        }
        return reference(pointer.textValue(), keywords.path("$ref"));
    }

    private String reference(String pointer, String path) {
        String known = referred.get(pointer);
        if (known != null) {
            return known;
        }
        JsonNode found = find(pointer, path);
        String rule = to.reserve();
        referred.put(pointer, rule);
        to.set(rule, expression(found, pointer.equals("#") ? rootPath : rootPath + dotted(pointer)));
        return rule;
    }

    private JsonNode find(String pointer, String path) {
        if (!pointer.equals("#") && !pointer.startsWith("#/")) {
            throw SchemaException.unsupported(path, "Refer to a part of this schema, as '#/$defs/name'.");
        }
        JsonNode found = root.at(pointer.substring(1));
        if (found.isMissingNode()) {
            throw SchemaException.invalid(path, "must refer to a part of this schema that is there.");
        }
        return found;
    }

    private static String dotted(String pointer) {
        return Keywords.shown(pointer.substring(1)).replace('/', '.');
    }
}
