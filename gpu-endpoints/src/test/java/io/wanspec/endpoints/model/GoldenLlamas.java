package io.wanspec.endpoints.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/** Tiny random models and what Hugging Face transformers makes of them; written by {@code tools/golden-llama}. */
public final class GoldenLlamas {
    private static final Path FOLDER = folder();
    private static final JsonNode GOLDEN = read(FOLDER.resolve("golden.json"));

    private GoldenLlamas() {}

    /** How a model is stored. */
    public enum Form {
        /** A folder with {@code config.json} as transformers 5 writes it. */
        HUB,
        /** The same as transformers 4 wrote it. */
        HUB_V4,
        GGUF
    }

    /**
     * A model and its figures.
     *
     * @param positions of the prompt whose logits are known
     * @param greedy tokens that follow the prompt
     */
    public record Case(
            String name, Tokens prompt, List<Integer> positions, List<float[]> logits, List<Integer> greedy) {
        @Override
        public String toString() {
            return name;
        }
    }

    public static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        int[] prompt = integers(GOLDEN.path("prompt")).stream().mapToInt(i -> i).toArray();
        List<Integer> positions = integers(GOLDEN.path("positions"));
        for (JsonNode one : GOLDEN.path("cases")) {
            List<float[]> logits = new ArrayList<>();
            one.path("logits").forEach(row -> logits.add(floats(row)));
            cases.add(new Case(
                    one.path("name").asText(), Tokens.of(prompt), positions, logits, integers(one.path("greedy"))));
        }
        return cases;
    }

    public static Case named(String name) {
        return cases().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Radians for each position, by the name of a real model's configuration. */
    public static JsonNode frequencies() {
        return GOLDEN.path("frequencies");
    }

    /** Writes a case's model below {@code folder}; returns its folder or file. */
    public static Path write(Case one, Form form, Path folder) throws IOException {
        if (form == Form.GGUF) {
            return FOLDER.resolve(one.name() + ".gguf");
        }
        String config = form == Form.HUB ? "config.json" : "config-v4.json";
        Files.copy(FOLDER.resolve(one.name()).resolve(config), folder.resolve("config.json"));
        Files.copy(FOLDER.resolve("tokenizer.json"), folder.resolve("tokenizer.json"));
        String body = one.name().substring(0, one.name().indexOf('-'));
        Files.copy(FOLDER.resolve(body + ".safetensors"), folder.resolve("model.safetensors"));
        return folder;
    }

    private static List<Integer> integers(JsonNode list) {
        return IntStream.range(0, list.size())
                .mapToObj(i -> list.path(i).asInt())
                .toList();
    }

    private static float[] floats(JsonNode list) {
        float[] values = new float[list.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) list.path(i).asDouble();
        }
        return values;
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(GoldenLlamas.class.getResource("/golden-llama"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(Path file) {
        try {
            return new JsonMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
