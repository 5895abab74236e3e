package io.wanspec.endpoints.model.program;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import java.util.Arrays;

/** Puts keys and values that were computed before where they are needed now. */
public final class CacheMoves {
    private final PtSymbolBlock block;
    private final PtNDManager manager;

    CacheMoves(PtSymbolBlock block, PtNDManager manager) {
        this.block = block;
        this.manager = manager;
    }

    /** Writes keys and values of some rows, counted over all passes, into the cache, from {@code position} on. */
    public void keep(PassRows rows, int[] indices, int position, KeyValueCache cache) {
        int done = 0;
        while (done < indices.length) {
            PassRows.Part part = rows.part(indices[done]);
            int first = done;
            while (done < indices.length && part.holds(indices[done])) {
                done++;
            }
            long[] inPart = Arrays.stream(indices, first, done)
                    .mapToLong(index -> index - part.first() + part.offset())
                    .toArray();
            put(part.value(), inPart, position + first, cache);
        }
    }

    private void put(IValue part, long[] rows, int position, KeyValueCache cache) {
        try (PtNDManager scope = (PtNDManager) manager.newSubManager();
                IValue list = IValue.from((PtNDArray) scope.create(rows));
                IValue at = IValue.from((long) position);
                IValue same = IValueUtils.runMethod(block, "keep", part, list, at, cache.value())) {
            assert same.isList();
        }
    }

    /** Moves slots of the cache to those from {@code position} on. */
    public void move(int[] slots, int position, KeyValueCache cache) {
        long[] from = Arrays.stream(slots).asLongStream().toArray();
        try (PtNDManager scope = (PtNDManager) manager.newSubManager();
                IValue list = IValue.from((PtNDArray) scope.create(from));
                IValue at = IValue.from((long) position);
                IValue same = IValueUtils.runMethod(block, "move", list, at, cache.value())) {
            assert same.isList();
        }
    }
}
