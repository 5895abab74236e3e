package io.wanspec.endpoints.model.torch;

import io.wanspec.endpoints.model.Branches;
import io.wanspec.endpoints.model.program.KeyValueCache;
import io.wanspec.endpoints.model.program.LlamaProgram;

/** A cache that grows by doubling, up to the model's context and a tree behind it. */
final class GrowingCache implements AutoCloseable {
    private static final int STEP = LlamaProgram.CAPACITY_STEP;

    private final LlamaProgram program;
    private final int slotsMax;
    private KeyValueCache cache;

    GrowingCache(LlamaProgram program) {
        this.program = program;
        slotsMax = roundUp(program.config().contextTokens() + Branches.NODES_MAX);
        cache = program.newCache(STEP);
    }

    KeyValueCache cache() {
        return cache;
    }

    /**
     * Makes room for {@code slots}.
     *
     * @param held how many of the first slots are in use; what lies behind may be lost
     */
    KeyValueCache reserve(int slots, int held) {
        // A block of queries may reach behind the last token; its keys must exist although they are masked.
        int needed = roundUp(slots);
        if (needed > cache.capacity()) {
            KeyValueCache larger = program.newCache(Math.min(slotsMax, Math.max(needed, 2 * cache.capacity())));
            larger.copyFrom(cache, held);
            cache.close();
            cache = larger;
        }
        return cache;
    }

    long bytes() {
        return program.cacheBytes(cache.capacity());
    }

    @Override
    public void close() {
        cache.close();
    }

    private static int roundUp(int slots) {
        return Math.ceilDiv(slots, STEP) * STEP;
    }
}
