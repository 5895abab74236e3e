package io.wanspec.endpoints.model.weights;

import io.wanspec.endpoints.model.ModelLoadException;
import java.util.Arrays;

/**
 * Where a tensor lies.
 *
 * @param shape row-major, outermost dimension first
 * @param offset of its first byte in the file
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record StoredTensor(String name, TensorType type, int[] shape, long offset) {
    float[] read(MappedFile file, int[] expected) {
        if (!Arrays.equals(shape, expected)) {
            throw new ModelLoadException("tensor " + name + " has shape " + Arrays.toString(shape)
                    + ", the configuration says " + Arrays.toString(expected));
        }
        int count = checkedCount(file);
        return type.decodeAll(file, offset, count);
    }

    /** Whether another tensor of the same file has the same values in the same form. */
    boolean hasSameBytes(StoredTensor other, MappedFile file) {
        return type == other.type
                && Arrays.equals(shape, other.shape)
                && file.isSame(offset, other.offset, type.bytesFor(checkedCount(file)));
    }

    private int checkedCount(MappedFile file) {
        long count = Arrays.stream(shape).asLongStream().reduce(1, Math::multiplyExact);
        if (count > Integer.MAX_VALUE - 8 || !type.divides(count)) {
            throw file.malformed("tensor " + name + " has " + count + " values");
        }
        if (offset < 0 || type.bytesFor(count) > file.size() - offset) {
            throw file.malformed("tensor " + name + " lies beyond its end");
        }
        return (int) count;
    }
}
