package io.wanspec.endpoints.model.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanspec.endpoints.model.CopyShares;
import io.wanspec.endpoints.model.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

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
    private final HubConfig config;

    public SafetensorsCheckpoint(Path folder) {
        config = HubConfig.read(folder.resolve("config.json"));
        file = new MappedFile(weights(folder));
        try {
            readHeader();
            checkNames();
            checkHead();
        } catch (RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static Path weights(Path folder) {
        Path one = folder.resolve("model.safetensors");
        if (!Files.exists(one) && Files.exists(folder.resolve("model.safetensors.index.json"))) {
            throw new ModelLoadException("the weights in " + folder
                    + " are split into several files; merge them into one model.safetensors");
        }
        return one;
    }

    @Override
    public LlamaConfig config() {
        return config.dimensions();
    }

    @Override
    public RotaryScaling scaling() {
        return config.scaling();
    }

    @Override
    public CopyShares copies() {
        return config.copies();
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

    /** A tensor that is not read would be left out of the computation. */
    private void checkNames() {
        Set<String> known = LlamaTensors.of(config.dimensions());
        for (StoredTensor tensor : tensors.values()) {
            String name = tensor.name();
            boolean scale = name.endsWith(SCALE_SUFFIX)
                    && known.contains(name.substring(0, name.length() - SCALE_SUFFIX.length()));
            if (!known.contains(name) && !scale && !LlamaTensors.isIgnored(name)) {
                throw Unsupported.tensor(name);
            }
        }
    }

    /** Whether the head is the embedding is said twice: by the configuration, and by a head's being there. */
    private void checkHead() {
        StoredTensor head = tensors.get(LlamaTensors.HEAD);
        StoredTensor embedding = tensors.get(LlamaTensors.EMBEDDING);
        if (head == null && !config.tied()) {
            throw new ModelLoadException("the weights lack the tensor " + LlamaTensors.HEAD
                    + "; if the head's weights are the embedding's, config.json must say tie_word_embeddings: true");
        }
        if (head != null && embedding != null && config.tied() && !isSame(head, embedding)) {
            throw new ModelLoadException("config.json has tie_word_embeddings: true, but the weights hold a "
                    + LlamaTensors.HEAD + " that differs from the embedding; say false, or remove the tensor");
        }
    }

    /** Equal bytes of different scales are different weights. */
    private boolean isSame(StoredTensor one, StoredTensor other) {
        boolean sameBytes = one.hasSameBytes(other, file);
        StoredTensor scale = tensors.get(one.name() + SCALE_SUFFIX);
        StoredTensor otherScale = tensors.get(other.name() + SCALE_SUFFIX);
        if (one.type() != TensorType.I8 || scale == null || otherScale == null) {
            return sameBytes;
        }
        return sameBytes && scale.hasSameBytes(otherScale, file);
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
}
