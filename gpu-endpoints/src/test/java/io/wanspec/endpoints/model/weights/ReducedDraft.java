package io.wanspec.endpoints.model.weights;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Rewrites a tiny model: matrices as bytes, the odd tokens without an embedding, every third token never proposed. */
public final class ReducedDraft {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String EMBEDDING = "model.embed_tokens.weight";

    private ReducedDraft() {}

    /** The proposed tokens of a vocabulary. */
    public static int[] proposals(int vocabulary) {
        return java.util.stream.IntStream.range(0, vocabulary)
                .filter(token -> token % 3 != 2)
                .toArray();
    }

    /** Bytes for weights, and a part of the vocabulary. The folder of the whole model stays as it is. */
    public static Path write(Path whole, Path folder) throws IOException {
        return write(whole, folder, true);
    }

    /** Bytes for weights, and the whole vocabulary. */
    public static Path writeWhole(Path whole, Path folder) throws IOException {
        return write(whole, folder, false);
    }

    private static Path write(Path whole, Path folder, boolean reduced) throws IOException {
        Files.createDirectories(folder);
        for (String name : new String[] {"tokenizer.json", "tokenizer_config.json"}) {
            Files.copy(whole.resolve(name), folder.resolve(name));
        }
        ObjectNode config =
                (ObjectNode) JSON.readTree(whole.resolve("config.json").toFile());
        try (Checkpoint from = new SafetensorsCheckpoint(whole)) {
            SafetensorsWriter to = layers(from);
            if (reduced) {
                int vocabulary = from.config().vocabulary();
                config.put("draft_vocab_size", proposals(vocabulary).length);
                config.putObject("wanspec").put("embedded_tokens", vocabulary / 2);
                vocabulary(from, to);
            } else {
                matrix(
                        from,
                        to,
                        "lm_head.weight",
                        from.config().vocabulary(),
                        from.config().hidden());
                matrix(
                        from,
                        to,
                        EMBEDDING,
                        from.config().vocabulary(),
                        from.config().hidden());
            }
            to.write(folder);
        }
        JSON.writeValue(folder.resolve("config.json").toFile(), config);
        return folder;
    }

    private static SafetensorsWriter layers(Checkpoint from) {
        LlamaConfig c = from.config();
        SafetensorsWriter to = new SafetensorsWriter();
        for (int layer = 0; layer < c.layers(); layer++) {
            String name = "model.layers." + layer + ".";
            int inner = c.intermediate();
            matrix(from, to, name + "self_attn.q_proj.weight", c.heads() * c.headDim(), c.hidden());
            matrix(from, to, name + "self_attn.k_proj.weight", c.kvHeads() * c.headDim(), c.hidden());
            matrix(from, to, name + "self_attn.v_proj.weight", c.kvHeads() * c.headDim(), c.hidden());
            matrix(from, to, name + "self_attn.o_proj.weight", c.hidden(), c.heads() * c.headDim());
            matrix(from, to, name + "mlp.gate_proj.weight", inner, c.hidden());
            matrix(from, to, name + "mlp.up_proj.weight", inner, c.hidden());
            matrix(from, to, name + "mlp.down_proj.weight", c.hidden(), inner);
            norm(from, to, name + "input_layernorm.weight");
            norm(from, to, name + "post_attention_layernorm.weight");
        }
        norm(from, to, "model.norm.weight");
        return to;
    }

    private static void vocabulary(Checkpoint from, SafetensorsWriter to) {
        int vocabulary = from.config().vocabulary();
        int hidden = from.config().hidden();
        int[] proposals = proposals(vocabulary);
        int[] even = java.util.stream.IntStream.range(0, vocabulary / 2)
                .map(row -> 2 * row)
                .toArray();
        int[] offsets = new int[proposals.length];
        int[] rows = new int[vocabulary];
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = proposals[i] - i;
        }
        for (int token = 0; token < vocabulary; token++) {
            rows[token] = token / 2;
        }
        to.longs("d2t", offsets).ints("embedding_rows", rows);
        to.bytes(
                "lm_head.weight",
                chosen(from.read("lm_head.weight", vocabulary, hidden), proposals, hidden),
                offsets.length);
        float[] embedding = chosen(from.read(EMBEDDING, vocabulary, hidden), even, hidden);
        to.bytes(EMBEDDING, embedding, even.length);
    }

    private static float[] chosen(float[] values, int[] rows, int columns) {
        float[] chosen = new float[rows.length * columns];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(values, rows[i] * columns, chosen, i * columns, columns);
        }
        return chosen;
    }

    private static void matrix(Checkpoint from, SafetensorsWriter to, String name, int rows, int columns) {
        to.bytes(name, from.read(name, rows, columns), rows);
    }

    private static void norm(Checkpoint from, SafetensorsWriter to, String name) {
        to.floats(name, from.read(name, from.config().hidden()), from.config().hidden());
    }
}
