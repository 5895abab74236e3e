package io.wanspec.endpoints.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanspec.endpoints.model.CopyShares;
import io.wanspec.endpoints.model.ModelLoadException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * A folder as on the model hub: {@code config.json} and one {@code model.safetensors}. Weights may be bytes with a scale
 * for each row, and a draft may have a reduced vocabulary ({@link ReducedVocabulary}).
 */
public final class SafetensorsCheckpoint implements Checkpoint {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long HEADER_BYTES_MAX = 100L << 20;

    /** As in the hub's checkpoints of type compressed-tensors. */
    private static final String SCALE_SUFFIX = "_scale";

    private final MappedFile file;
    private final Map<String, StoredTensor> tensors = new HashMap<>();
    private final LlamaConfig config;
    private final CopyShares copies;

    public SafetensorsCheckpoint(Path folder) {
        JsonNode json = readJson(folder.resolve("config.json"));
        config = readConfig(json);
        copies = CopyShares.read(json.path("wanspec").path("copy"));
        file = new MappedFile(folder.resolve("model.safetensors"));
        try {
            readHeader();
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
    public CopyShares copies() {
        return copies;
    }

    @Override
    public boolean has(String name) {
        return tensors.containsKey(name);
    }

    @Override
    public float[] read(String name, int... shape) {
        StoredTensor tensor = tensors.get(name);
        if (tensor == null) {
            throw new ModelLoadException("the weights lack the tensor " + name);
        }
        float[] values = tensor.read(file, shape);
        if (tensor.type() == TensorType.I8) {
            scale(values, read(name + SCALE_SUFFIX, shape[0], 1));
        }
        return values;
    }

    /** Quantised weights have one scale for each of their rows. */
    private static void scale(float[] values, float[] scales) {
        int columns = values.length / scales.length;
        for (int i = 0; i < values.length; i++) {
            values[i] *= scales[i / columns];
        }
    }

    @Override
    public void close() {
        file.close();
    }

    private void readHeader() {
        long bytes = file.longAt(0);
        if (bytes < 2 || bytes > HEADER_BYTES_MAX) {
            throw file.malformed("a header of " + bytes + " bytes");
        }
        JsonNode header;
        try {
            header = JSON.readTree(file.textAt(8, bytes));
        } catch (IOException e) {
            throw new ModelLoadException("the safetensors header is no JSON: " + e.getMessage(), e);
        }
        header.properties().forEach(entry -> {
            if (!entry.getKey().equals("__metadata__")) {
                tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), 8 + bytes));
            }
        });
    }

    private StoredTensor tensor(String name, JsonNode entry, long data) {
        int[] shape = new int[entry.path("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = entry.path("shape").path(i).asInt(-1);
            if (shape[i] < 0) {
                throw file.malformed("the shape of " + name);
            }
        }
        String dtype = entry.path("dtype").asText();
        TensorType type = switch (dtype) {
            case "F32" -> TensorType.F32;
            case "F16" -> TensorType.F16;
            case "BF16" -> TensorType.BF16;
            case "I8" -> TensorType.I8;
            case "I32" -> TensorType.I32;
            case "I64" -> TensorType.I64;
            default ->
                throw file.malformed(
                        "tensor " + name + " has type " + dtype + "; F32, F16, BF16, I8, I32 and I64 are supported");
        };
        return new StoredTensor(
                name, type, shape, data + entry.path("data_offsets").path(0).asLong(-1));
    }

    private static JsonNode readJson(Path path) {
        try {
            return JSON.readTree(path.toFile());
        } catch (IOException e) {
            throw new ModelLoadException("cannot read " + path + ": " + e.getMessage(), e);
        }
    }

    private static LlamaConfig readConfig(JsonNode json) {
        String type = json.path("model_type").asText("llama");
        if (!type.equals("llama")) {
            throw new ModelLoadException("the model is of type " + type + "; llama is supported");
        }
        int heads = required(json, "num_attention_heads");
        int vocabulary = required(json, "vocab_size");
        int hidden = required(json, "hidden_size");
        return new LlamaConfig(
                required(json, "num_hidden_layers"),
                hidden,
                heads,
                json.path("num_key_value_heads").asInt(heads),
                json.path("head_dim").asInt(hidden / Math.max(1, heads)),
                required(json, "intermediate_size"),
                vocabulary,
                json.path("wanspec").path("embedded_tokens").asInt(vocabulary),
                json.path("draft_vocab_size").asInt(vocabulary),
                required(json, "max_position_embeddings"),
                json.path("rope_theta").asDouble(10_000),
                json.path("rms_norm_eps").asDouble(1e-5));
    }

    private static int required(JsonNode json, String field) {
        if (!json.path(field).isInt()) {
            throw new ModelLoadException("config.json lacks the number " + field);
        }
        return json.path(field).asInt();
    }
}
