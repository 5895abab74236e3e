package io.wanspec.endpoints.model.program;

import ai.djl.pytorch.jni.IValue;
import java.util.ArrayList;
import java.util.List;

/** Keys and values of a sequence's rows in some passes, kept beside the cache so that any of them can be put into it later. */
public final class PassRows implements AutoCloseable {
    private final List<Part> parts = new ArrayList<>();

    /**
     * One pass.
     *
     * @param shared keys and values of each layer
     * @param offset of the sequence's rows in them
     * @param first row, counted over all passes
     */
    record Part(FreshRows shared, int offset, int first, int count) {
        boolean holds(int row) {
            return row >= first && row < first + count;
        }

        IValue value() {
            return shared.value();
        }
    }

    void add(FreshRows shared, int offset, int count) {
        shared.hold();
        int first =
                parts.isEmpty() ? 0 : parts.getLast().first() + parts.getLast().count();
        parts.add(new Part(shared, offset, first, count));
    }

    Part part(int row) {
        return parts.stream().filter(part -> part.holds(row)).findFirst().orElseThrow();
    }

    @Override
    public void close() {
        parts.forEach(part -> part.shared().release());
        parts.clear();
    }
}
