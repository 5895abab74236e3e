package io.wanspec.endpoints.model.weights;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses a GGUF file's header (versions 2 and 3): metadata, and where the tensors lie. Source: the GGUF specification in
 * ggml's documentation.
 */
final class GgufReader {
    private static final int MAGIC = 0x46554747;
    private static final int ENTRIES_MAX = 100_000;
    private static final int ARRAY_MAX = 4_000_000;
    private static final int DIMENSIONS_MAX = 4;
    private static final int ALIGNMENT_DEFAULT = 32;

    private final MappedFile file;
    private final Map<String, Object> metadata = new LinkedHashMap<>();
    private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    private long at;

    GgufReader(MappedFile file) {
        this.file = file;
        if (file.intAt(0) != MAGIC) {
            throw file.malformed("no GGUF magic");
        }
        int version = file.intAt(4);
        if (version != 2 && version != 3) {
            throw file.malformed("GGUF version " + version);
        }
        at = 8;
        int tensorCount = count(ENTRIES_MAX, "tensors");
        int entryCount = count(ENTRIES_MAX, "metadata entries");
        for (int i = 0; i < entryCount; i++) {
            String key = text();
            metadata.put(key, value(nextInt()));
        }
        readTensors(tensorCount);
    }

    Map<String, Object> metadata() {
        return metadata;
    }

    Map<String, StoredTensor> tensors() {
        return tensors;
    }

    private void readTensors(int tensorCount) {
        List<StoredTensor> relative = new ArrayList<>();
        for (int i = 0; i < tensorCount; i++) {
            relative.add(tensor());
        }
        int alignment = metadata.get("general.alignment") instanceof Number n ? n.intValue() : ALIGNMENT_DEFAULT;
        if (alignment < 1) {
            throw file.malformed("alignment " + alignment);
        }
        long data = Math.ceilDiv(at, alignment) * (long) alignment;
        for (StoredTensor tensor : relative) {
            tensors.put(
                    tensor.name(),
                    new StoredTensor(tensor.name(), tensor.type(), tensor.shape(), data + tensor.offset()));
        }
    }

    private StoredTensor tensor() {
        String name = text();
        int dimensions = nextInt();
        if (dimensions < 1 || dimensions > DIMENSIONS_MAX) {
            throw file.malformed("tensor " + name + " of " + dimensions + " dimensions");
        }
        int[] shape = new int[dimensions];
        for (int i = dimensions - 1; i >= 0; i--) {
            shape[i] = count(Integer.MAX_VALUE, "values");
        }
        return new StoredTensor(name, type(name, nextInt()), shape, nextLong());
    }

    private TensorType type(String name, int id) {
        return switch (id) {
            case 0 -> TensorType.F32;
            case 1 -> TensorType.F16;
            case 2 -> TensorType.Q4_0;
            case 3 -> TensorType.Q4_1;
            case 8 -> TensorType.Q8_0;
            case 30 -> TensorType.BF16;
            default ->
                throw file.malformed(
                        "tensor " + name + " has type " + id + "; F32, F16, BF16, Q4_0, Q4_1 and Q8_0 are supported");
        };
    }

    private Object value(int type) {
        return switch (type) {
            case 0, 7 -> file.unsignedAt(step(1));
            case 1 -> (int) file.byteAt(step(1));
            case 2 -> Short.toUnsignedInt(file.shortAt(step(2)));
            case 3 -> (int) file.shortAt(step(2));
            case 4, 5 -> nextInt();
            case 6 -> file.floatAt(step(4));
            case 8 -> text();
            case 9 -> array();
            case 10, 11 -> nextLong();
            case 12 -> Double.longBitsToDouble(nextLong());
            default -> throw file.malformed("metadata of type " + type);
        };
    }

    private List<Object> array() {
        int type = nextInt();
        if (type == 9) {
            throw file.malformed("an array of arrays");
        }
        int size = count(ARRAY_MAX, "array entries");
        List<Object> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(value(type));
        }
        return values;
    }

    private String text() {
        long bytes = nextLong();
        return file.textAt(step(bytes), bytes);
    }

    private int count(int limit, String what) {
        long count = nextLong();
        if (count < 0 || count > limit) {
            throw file.malformed(count + " " + what);
        }
        return (int) count;
    }

    private int nextInt() {
        return file.intAt(step(4));
    }

    private long nextLong() {
        return file.longAt(step(8));
    }

    private long step(long bytes) {
        if (bytes < 0 || bytes > file.size()) {
            throw file.malformed("a length of " + bytes);
        }
        long here = at;
        at += bytes;
        return here;
    }
}
