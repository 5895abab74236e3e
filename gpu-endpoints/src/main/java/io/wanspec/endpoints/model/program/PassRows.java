package io.wanspec.endpoints.model.program;

import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;

/** Keys and values of the rows of some passes, kept beside the cache so that any of them can be put into it later. */
public final class PassRows implements AutoCloseable {
    private final List<Part> parts = new ArrayList<>();

    /**
     * One pass.
     *
     * @param value keys and values of each layer
     * @param first row, counted over all passes
     */
    record Part(IValue value, int first, int count) {
        boolean holds(int row) {
            return row >= first && row < first + count;
        }
    }

    void add(IValue value, int count) {
        int first =
                parts.isEmpty() ? 0 : parts.getLast().first() + parts.getLast().count();
        parts.add(new Part(value, first, count));
    }

    Part part(int row) {
        return parts.stream().filter(part -> part.holds(row)).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        parts.forEach(part -> part.value().close());
        parts.clear();
    }
}
