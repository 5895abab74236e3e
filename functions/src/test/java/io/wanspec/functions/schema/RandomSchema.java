package io.wanspec.functions.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.testing.Gen;
import java.util.List;
import java.util.Random;

/** Schemas with all that is supported. */
public final class RandomSchema {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> NAMES =
            List.of("a", "ab", "abc", "name", "naïve", "日", "a\"b", "a\\b", "x y", "]", "<", "value");

    /** The validator looks up domains of e-mail addresses in a list of its own. */
    private static final List<String> FORMATS =
            Formats.names().stream().filter(name -> !name.equals("email")).toList();

    private final Random random;
    private final boolean whole;

    private RandomSchema(Random random, boolean whole) {
        this.random = random;
        this.whole = whole;
    }

    /** An object at the top, as clients send them. */
    public static ObjectNode object(Random random) {
        return new RandomSchema(random, true).top();
    }

    /** One whose texts are short, and in letters of ASCII. */
    public static ObjectNode small(Random random) {
        return new RandomSchema(random, false).top();
    }

    private ObjectNode top() {
        ObjectNode schema = objectSchema(whole ? 3 : 2);
        if (whole && random.nextInt(3) == 0) {
            ObjectNode list = NODES.objectNode().put("type", "object");
            list.putObject("properties").set("value", schema(1));
            ((ObjectNode) list.path("properties"))
                    .putObject("next")
                    .putArray("anyOf")
                    .add(NODES.objectNode().put("$ref", "#/$defs/list"))
                    .add(NODES.objectNode().put("type", "null"));
            list.putArray("required").add("next");
            list.put("additionalProperties", false);
            schema.putObject("$defs").set("list", list);
            schema.withObject("/properties")
                    .putObject("list")
                    .put("$ref", "#/$defs/list")
                    .put("description", "whatever");
        }
        return schema.put("title", "T").put("$schema", "https://json-schema.org/draft/2020-12/schema");
    }

    private ObjectNode schema(int depth) {
        return switch (random.nextInt(depth == 0 ? 7 : 11)) {
            case 0 -> string();
            case 1 -> integer();
            case 2 -> number();
            case 3 -> NODES.objectNode().put("type", random.nextBoolean() ? "boolean" : "null");
            case 4 -> listed();
            case 5 -> NODES.objectNode().set("const", value(1));
            case 6 -> either();
            case 7 -> array(depth);
            case 8 -> any(depth);
            default -> objectSchema(depth);
        };
    }

    private ObjectNode string() {
        ObjectNode schema = NODES.objectNode().put("type", "string");
        if (!whole) {
            return schema.put("maxLength", random.nextInt(4));
        }
        switch (random.nextInt(4)) {
            case 0 -> schema.put("format", FORMATS.get(random.nextInt(FORMATS.size())));
            case 1 -> schema.put("minLength", random.nextInt(4));
            case 2 -> schema.put("minLength", random.nextInt(3)).put("maxLength", 3 + random.nextInt(20));
            default -> {}
        }
        return schema;
    }

    private ObjectNode integer() {
        return bounded("integer");
    }

    private ObjectNode number() {
        return bounded("number");
    }

    private ObjectNode bounded(String type) {
        ObjectNode schema = NODES.objectNode().put("type", type);
        long least = Gen.between(random, -1_200, 1_200);
        if (random.nextBoolean()) {
            schema.put(random.nextBoolean() ? "minimum" : "exclusiveMinimum", least);
        }
        if (random.nextBoolean() || !whole) {
            schema.put(random.nextBoolean() ? "maximum" : "exclusiveMaximum", least + 2 + random.nextInt(2_000));
        }
        return schema;
    }

    private ObjectNode listed() {
        ObjectNode schema = NODES.objectNode();
        ArrayNode values = schema.putArray("enum");
        for (int i = 0; i <= random.nextInt(4); i++) {
            values.add(value(1));
        }
        return schema;
    }

    private ObjectNode either() {
        ObjectNode schema = string();
        schema.putArray("type").add("null").add("string");
        return schema;
    }

    private ObjectNode array(int depth) {
        ObjectNode schema = NODES.objectNode().put("type", "array");
        schema.set("items", schema(depth - 1));
        int least = random.nextInt(3);
        if (random.nextBoolean()) {
            schema.put("minItems", least);
        }
        if (random.nextBoolean() || !whole) {
            schema.put("maxItems", least + random.nextInt(3));
        }
        return schema;
    }

    private ObjectNode any(int depth) {
        ObjectNode schema = NODES.objectNode();
        ArrayNode any = schema.putArray("anyOf");
        for (int i = 0; i <= random.nextInt(3); i++) {
            any.add(schema(depth - 1));
        }
        return schema;
    }

    private ObjectNode objectSchema(int depth) {
        ObjectNode schema = NODES.objectNode().put("type", "object");
        ObjectNode properties = schema.putObject("properties");
        ArrayNode required = schema.putArray("required");
        for (int i = random.nextInt(5); i > 0; i--) {
            String name = whole ? NAMES.get(random.nextInt(NAMES.size())) : "p" + random.nextInt(5);
            if (!properties.has(name)) {
                properties.set(name, schema(depth - 1));
                if (random.nextInt(3) > 0) {
                    required.add(name);
                }
            }
        }
        switch (random.nextInt(whole ? 4 : 1)) {
            case 1 -> schema.set("additionalProperties", schema(0));
            case 2 -> schema.put("additionalProperties", whole);
            default -> schema.put("additionalProperties", false);
        }
        return schema;
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 7)) {
            case 0 -> NODES.textNode(whole ? NAMES.get(random.nextInt(NAMES.size())) : "v" + random.nextInt(4));
            case 1 -> NODES.numberNode(random.nextInt(200) - 100);
            case 2 -> NODES.numberNode(random.nextInt(100) / 8.0);
            case 3 -> NODES.booleanNode(random.nextBoolean());
            case 4 -> NODES.nullNode();
            case 5 -> NODES.arrayNode().add(value(depth - 1));
            default -> {
                ObjectNode object = NODES.objectNode();
                object.set("k", value(depth - 1));
                yield object;
            }
        };
    }
}
