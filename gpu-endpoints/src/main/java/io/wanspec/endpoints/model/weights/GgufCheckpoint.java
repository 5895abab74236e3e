package io.wanspec.endpoints.model.weights;

import io.wanspec.endpoints.model.ModelLoadException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
    private static final String FREQUENCY_DIVISORS = "rope_freqs.weight";

    /** A table that old files hold and everybody computes anew. */
    private static final Pattern IGNORED = Pattern.compile("blk\\.\\d+\\.attn_rot_embd(\\.weight)?");

    private final MappedFile file;
    private final GgufReader reader;
    private final LlamaConfig config;
    private final RotaryScaling scaling;

    public GgufCheckpoint(Path path) {
        file = new MappedFile(path);
        try {
            reader = new GgufReader(file);
            config = GgufConfig.read(reader.metadata());
            checkNames();
            scaling = readScaling();
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public LlamaConfig config() {
        return config;
    }

    @Override
    public RotaryScaling scaling() {
        return scaling;
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

    private void checkNames() {
        Set<String> known =
                LlamaTensors.of(config).stream().map(GgufCheckpoint::ggufName).collect(Collectors.toSet());
        for (String name : reader.tensors().keySet()) {
            if (!known.contains(name)
                    && !name.equals(FREQUENCY_DIVISORS)
                    && !IGNORED.matcher(name).matches()) {
                throw Unsupported.tensor(name);
            }
        }
    }

    private RotaryScaling readScaling() {
        StoredTensor tensor = reader.tensors().get(FREQUENCY_DIVISORS);
        if (tensor == null) {
            return RotaryScaling.NONE;
        }
        List<Float> divisors = new ArrayList<>();
        for (float divisor : tensor.read(file, new int[] {config.headDim() / 2})) {
            divisors.add(divisor);
        }
        return new RotaryScaling.Divisors(divisors);
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
}
