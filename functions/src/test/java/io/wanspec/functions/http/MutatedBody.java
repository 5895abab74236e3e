package io.wanspec.functions.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.testing.Gen;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Bodies that were right once: values swapped for others, fields renamed, doubled or gone, bytes changed, ends cut off. */
final class MutatedBody {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> GOOD = List.of(
            "{\"model\":\"toy-target\",\"messages\":[{\"role\":\"system\",\"content\":\"Be brief\"},{\"role\":\"user\","
                    + "\"content\":[{\"type\":\"text\",\"text\":\"Hi\"}],\"name\":\"n\"}],\"max_tokens\":2,\"stream\":true,"
                    + "\"stream_options\":{\"include_usage\":true},\"temperature\":0.5,\"top_p\":0.9,\"top_k\":5,\"seed\":7,"
                    + "\"stop\":[\"x\"],\"n\":1,\"logit_bias\":{},\"tools\":[],\"metadata\":{\"a\":\"b\"},\"user\":\"u\"}",
            "{\"model\":\"toy-target\",\"prompt\":\"Once\",\"max_tokens\":2,\"stop\":\"x\",\"echo\":false,\"best_of\":1,"
                    + "\"suffix\":\"\",\"logprobs\":0,\"wanspec\":{\"mode\":\"colocated\"}}",
            "{\"model\":\"toy-target\",\"input\":[{\"type\":\"message\",\"role\":\"user\",\"content\":[{\"type\":\"input_text\","
                    + "\"text\":\"Hi\"}]}],\"instructions\":\"Be brief\",\"max_output_tokens\":2,\"store\":false,\"background\":false,"
                    + "\"previous_response_id\":null,\"metadata\":{\"a\":\"b\"},\"text\":{\"format\":{\"type\":\"text\"}},\"stream\":true,"
                    + "\"truncation\":\"disabled\",\"safety_identifier\":\"u\"}",
            "{\"model\":\"toy-target\",\"prompt\":[\"Once\"],\"max_tokens\":2,\"wanspec\":{\"mode\":\"wanspec\",\"goal\":"
                    + "\"fast\",\"draft\":\"tree\",\"redundancy\":\"value\",\"price\":1,\"entropy_threshold\":2,\"run_length\":4,"
                    + "\"window\":8,\"pass_nodes\":4,\"candidates\":2,\"include_token_ids\":true}}");

    private MutatedBody() {}

    static byte[] of(Random random) {
        JsonNode body = parse(GOOD.get(random.nextInt(GOOD.size())));
        for (int i = Gen.between(random, 0, 4); i > 0; i--) {
            mutate(containers(body), random);
        }
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        return random.nextInt(3) == 0 ? damaged(bytes, random) : bytes;
    }

    private static JsonNode parse(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<JsonNode> containers(JsonNode body) {
        List<JsonNode> all = new ArrayList<>(List.of(body));
        for (int i = 0; i < all.size(); i++) {
            all.get(i).forEach(child -> {
                if (child.isContainerNode()) {
                    all.add(child);
                }
            });
        }
        return all;
    }

    private static void mutate(List<JsonNode> containers, Random random) {
        JsonNode chosen = containers.get(random.nextInt(containers.size()));
        if (chosen instanceof ObjectNode object) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(Gen.anyText(random, 12), value(random));
                default -> object.set(name, value(random));
            }
        } else if (chosen instanceof ArrayNode array) {
            if (array.isEmpty() || random.nextBoolean()) {
                array.add(value(random));
            } else {
                array.set(random.nextInt(array.size()), value(random));
            }
        }
    }

    private static JsonNode value(Random random) {
        return switch (random.nextInt(11)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(Gen.anyLong(random));
            case 3 -> NODES.numberNode(Gen.between(random, -2, 200));
            case 4 -> NODES.numberNode(Gen.between(random, -3.0, 3.0));
            case 5 -> NODES.numberNode(new BigInteger("9".repeat(Gen.between(random, 1, 1_200))));
            case 6 -> NODES.textNode(Gen.anyText(random, 40));
            case 7 -> NODES.arrayNode().add(Gen.anyText(random, 4));
            case 8 -> nested(Gen.between(random, 1, 40));
            case 9 -> NODES.objectNode().put(Gen.anyText(random, 4), Gen.anyInt(random));
            default -> NODES.textNode("x".repeat(Gen.between(random, 0, 2_000)));
        };
    }

    private static JsonNode nested(int depth) {
        JsonNode inner = NODES.arrayNode();
        for (int i = 0; i < depth; i++) {
            inner = NODES.arrayNode().add(inner);
        }
        return inner;
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        for (int i = Gen.between(random, 1, 3); i > 0 && damaged.length > 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return random.nextBoolean() ? damaged : Arrays.copyOf(damaged, random.nextInt(damaged.length + 1));
    }
}
