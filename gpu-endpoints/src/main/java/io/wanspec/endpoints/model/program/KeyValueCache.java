package io.wanspec.endpoints.model.program;

import ai.djl.ndarray.index.NDIndex;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import java.util.List;

/** Keys and values of one sequence, written in place by the program. */
public final class KeyValueCache implements AutoCloseable {
    private final List<PtNDArray> tensors;
    private final int capacity;
    private final IValue value;

    KeyValueCache(List<PtNDArray> tensors, int capacity) {
        this.tensors = List.copyOf(tensors);
        this.capacity = capacity;
        this.value = IValue.listFrom(tensors.toArray(PtNDArray[]::new));
    }

    /** Tokens that it has room for. */
    public int capacity() {
        return capacity;
    }

    /** Copies tokens from another cache of the same model, those from {@code from} (inclusive) to {@code to} (exclusive). */
    public void copyFrom(KeyValueCache other, int from, int to) {
        if (from == to) {
            return;
        }
        NDIndex range = new NDIndex(":, {}:{}, :", from, to);
        for (int i = 0; i < tensors.size(); i++) {
            try (var part = other.tensors.get(i).get(range)) {
                tensors.get(i).set(range, part);
            }
        }
    }

    IValue value() {
        return value;
    }

    @Override
    public void close() {
        value.close();
        tensors.forEach(PtNDArray::close);
    }
}
