package io.wanspec.endpoints.model.weights;

import io.wanspec.endpoints.model.ModelLoadException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A GGUF file of architecture {@code llama}. Its query and key rows are put back into the model hub's order. */
public final class GgufCheckpoint implements Checkpoint {
    private static final Map<String, String> NAMES = Map.of(
            "model.embed_tokens.weight", "token_embd.weight",
            "model.norm.weight", "output_norm.weight",
            "lm_head.weight", "output.weight");
    private static final Map<String, String> LAYER_NAMES = Map.of(
            "input_layernorm", "attn_norm",
            "self_attn.q_proj", "attn_q",
            "self_attn.k_proj", "attn_k",
            "self_attn.v_proj", "attn_v",
            "self_attn.o_proj", "attn_output",
            "post_attention_layernorm", "ffn_norm",
            "mlp.gate_proj", "ffn_gate",
            "mlp.up_proj", "ffn_up",
            "mlp.down_proj", "ffn_down");
    private static final String LAYER = "model.layers.";

    private final MappedFile file;
    private final GgufReader reader;
    private final LlamaConfig config;

    public GgufCheckpoint(Path path) {
        file = new MappedFile(path);
        try {
            reader = new GgufReader(file);
            config = configure();
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public LlamaConfig config() {
        return config;
    }

    /** A metadata entry: a string, a number, or a list of these. */
    public Optional<Object> metadata(String key) {
        return Optional.ofNullable(reader.metadata().get(key));
    }

    @Override
    public boolean has(String name) {
        return reader.tensors().containsKey(ggufName(name));
    }

    @Override
    public float[] read(String name, int... shape) {
        StoredTensor tensor = reader.tensors().get(ggufName(name));
        if (tensor == null) {
            throw new ModelLoadException("the weights lack the tensor " + ggufName(name));
        }
        float[] values = tensor.read(file, shape);
        if (name.endsWith("q_proj.weight")) {
            return unpermute(values, config.heads(), config.headDim(), shape[1]);
        }
        return name.endsWith("k_proj.weight")
                ? unpermute(values, config.kvHeads(), config.headDim(), shape[1])
                : values;
    }

    @Override
    public void close() {
        file.close();
    }

    /**
     * GGUF keeps the two halves of each head interleaved (row 2i and 2i+1 rotate together); the hub's order, which the
     * program expects, has them apart (row i and i + dim/2).
     */
    private static float[] unpermute(float[] values, int heads, int dim, int columns) {
        float[] out = new float[values.length];
        for (int head = 0; head < heads; head++) {
            for (int i = 0; i < dim; i++) {
                int from = head * dim + i;
                int to = head * dim + i / 2 + (i % 2) * (dim / 2);
                System.arraycopy(values, from * columns, out, to * columns, columns);
            }
        }
        return out;
    }

    private static String ggufName(String name) {
        if (!name.startsWith(LAYER)) {
            return NAMES.getOrDefault(name, name);
        }
        int dot = name.indexOf('.', LAYER.length());
        String part = name.substring(dot + 1, name.length() - ".weight".length());
        return "blk." + name.substring(LAYER.length(), dot) + "." + LAYER_NAMES.getOrDefault(part, part) + ".weight";
    }

    private LlamaConfig configure() {
        Object architecture = reader.metadata().get("general.architecture");
        if (!"llama".equals(architecture)) {
            throw new ModelLoadException("the weights are of architecture " + architecture + "; llama is supported");
        }
        int heads = integer("llama.attention.head_count");
        int hidden = integer("llama.embedding_length");
        int vocabulary = metadata("tokenizer.ggml.tokens")
                .map(list -> ((List<?>) list).size())
                .orElse(0);
        return new LlamaConfig(
                integer("llama.block_count"),
                hidden,
                heads,
                metadata("llama.attention.head_count_kv").isPresent()
                        ? integer("llama.attention.head_count_kv")
                        : heads,
                metadata("llama.rope.dimension_count").isPresent()
                        ? integer("llama.rope.dimension_count")
                        : hidden / Math.max(1, heads),
                integer("llama.feed_forward_length"),
                vocabulary,
                vocabulary,
                vocabulary,
                integer("llama.context_length"),
                metadata("llama.rope.freq_base").map(GgufCheckpoint::real).orElse(10_000.0),
                metadata("llama.attention.layer_norm_rms_epsilon")
                        .map(GgufCheckpoint::real)
                        .orElse(1e-5));
    }

    private int integer(String key) {
        if (reader.metadata().get(key) instanceof Number number) {
            return number.intValue();
        }
        throw new ModelLoadException("the weights lack the metadata " + key);
    }

    /** The decimal that the float was written as: 1e-5f is meant to be 1e-5. */
    private static double real(Object value) {
        return value instanceof Number ? Double.parseDouble(value.toString()) : 0;
    }
}
