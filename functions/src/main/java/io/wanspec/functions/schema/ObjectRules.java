package io.wanspec.functions.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Objects. */
final class ObjectRules {
    private static final String REQUIRED = "required";
    private static final String ADDITIONAL = "additionalProperties";

    private final Gbnf to;
    private final Inner inner;

    /** What a schema within another makes. */
    interface Inner {
        String expression(JsonNode schema, String path);
    }

    ObjectRules(Gbnf to, Inner inner) {
        this.to = to;
        this.inner = inner;
    }

    String of(Keywords keywords) {
        Map<String, String> properties = properties(keywords);
        Set<String> required = required(keywords, properties.keySet());
        @Nullable String others = others(keywords, properties);
        List<String> names = List.copyOf(properties.keySet());
        return !names.isEmpty() && required.contains(names.getFirst())
                ? begun(properties, required, others)
                : open(names, properties, required, others);
    }

    /** Of each its name and value. */
    private Map<String, String> properties(Keywords keywords) {
        JsonNode node = keywords.find("properties");
        Map<String, String> properties = new LinkedHashMap<>();
        if (node == null) {
            return properties;
        }
        if (!node.isObject()) {
            throw SchemaException.invalid(keywords.path("properties"), "must be an object.");
        }
        node.properties().forEach(property -> {
            String name = property.getKey();
            String path = keywords.path("properties." + Keywords.shown(name));
            properties.put(
                    name, Gbnf.literal(quoted(name) + Gbnf.COLON) + " " + inner.expression(property.getValue(), path));
        });
        return properties;
    }

    static String quoted(String text) {
        return JsonNodeFactory.instance.textNode(text).toString();
    }

    private static Set<String> required(Keywords keywords, Set<String> properties) {
        JsonNode node = keywords.find(REQUIRED);
        Set<String> required = new LinkedHashSet<>();
        if (node == null) {
            return required;
        }
        if (!node.isArray()) {
            throw SchemaException.invalid(keywords.path(REQUIRED), "must be an array of names.");
        }
        node.forEach(name -> required.add(name.asText()));
        for (String name : required) {
            if (!properties.contains(name)) {
                throw SchemaException.invalid(
                        keywords.path(REQUIRED),
                        "names '" + Keywords.shown(name) + "', which 'properties' lacks. Describe it there.");
            }
        }
        return required;
    }

    /** Entries beyond the properties, if there may be any: where properties are named, only those that the schema asks for. */
    private @Nullable String others(Keywords keywords, Map<String, String> properties) {
        JsonNode node = keywords.find(ADDITIONAL);
        if (node == null ? !properties.isEmpty() : node.isBoolean() && !node.booleanValue()) {
            return null;
        }
        String value = node == null ? JsonRules.value(to) : inner.expression(node, keywords.path(ADDITIONAL));
        String key = "\"\\\"\" " + OtherNames.rule(to, properties.keySet());
        return to.rule(key + " " + Gbnf.literal(Gbnf.COLON) + " " + value);
    }

    /** Whose first entry is there. */
    private String begun(Map<String, String> properties, Set<String> required, @Nullable String others) {
        List<String> parts = new ArrayList<>();
        properties.forEach((name, entry) -> {
            String behind = parts.isEmpty() ? entry : Gbnf.COMMA + " " + entry;
            parts.add(required.contains(name) ? behind : Gbnf.optional(behind));
        });
        parts.addFirst("\"{\"");
        parts.add(others == null ? "\"}\"" : more(others) + " \"}\"");
        return to.sequence(parts);
    }

    /** Any of whose entries down to the first required one may be the first: for each there is a rule of what follows it. */
    private String open(
            List<String> names, Map<String, String> properties, Set<String> required, @Nullable String others) {
        String rest = to.rule(others == null ? "\"}\"" : more(others) + " \"}\"");
        List<String> firsts = new ArrayList<>();
        if (required.isEmpty()) {
            firsts.add("\"}\"");
            if (others != null) {
                firsts.add(others + " " + rest);
            }
        }
        for (String name : names.reversed()) {
            String entry = to.rule(properties.getOrDefault(name, ""));
            if (required.contains(name)) {
                // Nothing behind it can be the first.
                firsts.clear();
            }
            firsts.addFirst(entry + " " + rest);
            String behind = Gbnf.COMMA + " " + entry;
            rest = to.rule((required.contains(name) ? behind : Gbnf.optional(behind)) + " " + rest);
        }
        return "\"{\" " + to.choice(firsts);
    }

    private static String more(String others) {
        return "(" + Gbnf.COMMA + " " + others + ")*";
    }
}
