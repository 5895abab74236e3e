package io.wanspec.endpoints.tiny;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.endpoints.model.text.ByteLevel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * Writes a seeded random Llama in the model hub's form: 2 layers of width 64, byte-level vocabulary of 258 tokens, context
 * 2,048. Its text means nothing, but it is computed with the same arithmetic, tokenizer and template code as a large one.
 */
public final class TinyModel {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int HIDDEN = 64;
    private static final int LAYERS = 2;
    private static final int HEADS = 4;
    private static final int KV_HEADS = 2;
    private static final int HEAD_DIM = 32;
    private static final int INTERMEDIATE = 128;
    private static final int CONTEXT = 2_048;
    private static final int END = 256;
    private static final int START = 257;
    private static final int VOCABULARY = 258;

    /** Spread of the output logits: sharp enough to be somewhat predictable, flat enough to be sampled from. */
    private static final double HEAD_SCALE = 0.55;

    private static final String TEMPLATE =
            "{% for message in messages %}{{ '<|start|>' + message['role'] + '\\n' + message['content'] + '<|end|>' }}"
                    + "{% endfor %}{% if add_generation_prompt %}{{ '<|start|>assistant\\n' }}{% endif %}";

    private TinyModel() {}

    /** Writes the target. */
    public static Path writeTarget(Path folder, long seed) throws IOException {
        return write(folder, seed, 0);
    }

    /**
     * Writes a draft: the target of the same seed with noise on every weight.
     *
     * @param noise relative to a weight's spread; 0 gives a draft that is always right, 0.2 one that is right about half
     *     the time
     */
    public static Path writeDraft(Path folder, long seed, double noise) throws IOException {
        return write(folder, seed, noise);
    }

    private static Path write(Path folder, long seed, double noise) throws IOException {
        Files.createDirectories(folder);
        JSON.writeValue(folder.resolve("config.json").toFile(), config());
        JSON.writeValue(folder.resolve("tokenizer.json").toFile(), tokenizer());
        JSON.writeValue(folder.resolve("tokenizer_config.json").toFile(), settings());
        Files.write(folder.resolve("model.safetensors"), safetensors(weights(seed, noise)));
        return folder;
    }

    private static ObjectNode config() {
        return JSON.createObjectNode()
                .put("model_type", "llama")
                .put("vocab_size", VOCABULARY)
                .put("hidden_size", HIDDEN)
                .put("intermediate_size", INTERMEDIATE)
                .put("num_hidden_layers", LAYERS)
                .put("num_attention_heads", HEADS)
                .put("num_key_value_heads", KV_HEADS)
                .put("head_dim", HEAD_DIM)
                .put("max_position_embeddings", CONTEXT)
                .put("rope_theta", 10_000.0)
                .put("rms_norm_eps", 1e-5)
                .put("tie_word_embeddings", false)
                .put("eos_token_id", END);
    }

    private static ObjectNode settings() {
        return JSON.createObjectNode().put("chat_template", TEMPLATE).put("eos_token", "<|end|>");
    }

    private static ObjectNode tokenizer() {
        ObjectNode root = JSON.createObjectNode().put("version", "1.0");
        ArrayNode added = root.putArray("added_tokens");
        added.add(control(END, "<|end|>"));
        added.add(control(START, "<|start|>"));
        root.putNull("normalizer");
        byteLevel(root.putObject("pre_tokenizer"));
        byteLevel(root.putObject("decoder"));
        ObjectNode model = root.putObject("model").put("type", "BPE");
        ObjectNode vocabulary = model.putObject("vocab");
        for (int value = 0; value < 256; value++) {
            vocabulary.put(String.valueOf(ByteLevel.standIn(value)), value);
        }
        vocabulary.put("<|end|>", END).put("<|start|>", START);
        model.putArray("merges");
        return root;
    }

    private static ObjectNode control(int id, String name) {
        return JSON.createObjectNode()
                .put("id", id)
                .put("content", name)
                .put("special", true)
                .put("single_word", false)
                .put("lstrip", false)
                .put("rstrip", false)
                .put("normalized", false);
    }

    private static void byteLevel(ObjectNode node) {
        node.put("type", "ByteLevel").put("add_prefix_space", false).put("trim_offsets", true);
        node.put("use_regex", true);
    }

    private static Map<String, Tensor> weights(long seed, double noise) {
        Writer writer = new Writer(new Random(seed), new Random(seed + 1), noise);
        writer.matrix("model.embed_tokens.weight", VOCABULARY, HIDDEN, 1);
        for (int layer = 0; layer < LAYERS; layer++) {
            String name = "model.layers." + layer + ".";
            writer.ones(name + "input_layernorm.weight", HIDDEN);
            writer.matrix(name + "self_attn.q_proj.weight", HEADS * HEAD_DIM, HIDDEN, 2 / Math.sqrt(HIDDEN));
            writer.matrix(name + "self_attn.k_proj.weight", KV_HEADS * HEAD_DIM, HIDDEN, 1 / Math.sqrt(HIDDEN));
            writer.matrix(name + "self_attn.v_proj.weight", KV_HEADS * HEAD_DIM, HIDDEN, 1 / Math.sqrt(HIDDEN));
            writer.matrix(name + "self_attn.o_proj.weight", HIDDEN, HEADS * HEAD_DIM, 1 / Math.sqrt(HEADS * HEAD_DIM));
            writer.ones(name + "post_attention_layernorm.weight", HIDDEN);
            writer.matrix(name + "mlp.gate_proj.weight", INTERMEDIATE, HIDDEN, 1 / Math.sqrt(HIDDEN));
            writer.matrix(name + "mlp.up_proj.weight", INTERMEDIATE, HIDDEN, 1 / Math.sqrt(HIDDEN));
            writer.matrix(name + "mlp.down_proj.weight", HIDDEN, INTERMEDIATE, 1 / Math.sqrt(INTERMEDIATE));
        }
        writer.ones("model.norm.weight", HIDDEN);
        writer.matrix("lm_head.weight", VOCABULARY, HIDDEN, HEAD_SCALE);
        return writer.tensors;
    }

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Tensor(int[] shape, float[] values) {}

    /** Draws the same weights for a target and its draft; only the noise differs. */
    private record Writer(Random random, Random noiseRandom, double noise, Map<String, Tensor> tensors) {
        Writer(Random random, Random noiseRandom, double noise) {
            this(random, noiseRandom, noise, new LinkedHashMap<>());
        }

        void matrix(String name, int rows, int columns, double spread) {
            float[] values = new float[rows * columns];
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) (spread * (random.nextGaussian() + noise * noiseRandom.nextGaussian()));
            }
            tensors.put(name, new Tensor(new int[] {rows, columns}, values));
        }

        void ones(String name, int size) {
            float[] values = new float[size];
            java.util.Arrays.fill(values, 1);
            tensors.put(name, new Tensor(new int[] {size}, values));
        }
    }

    private static byte[] safetensors(Map<String, Tensor> tensors) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        int size = 0;
        for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
            ObjectNode node = header.putObject(entry.getKey()).put("dtype", "F32");
            ArrayNode shape = node.putArray("shape");
            for (int dimension : entry.getValue().shape()) {
                shape.add(dimension);
            }
            int bytes = entry.getValue().values().length * Float.BYTES;
            node.putArray("data_offsets").add(size).add(size + bytes);
            size += bytes;
        }
        byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
        ByteBuffer out = ByteBuffer.allocate(Long.BYTES + json.length + size).order(ByteOrder.LITTLE_ENDIAN);
        out.putLong(json.length).put(json);
        tensors.values().forEach(tensor -> {
            for (float value : tensor.values()) {
                out.putFloat(value);
            }
        });
        return out.array();
    }
}
