package io.wanspec.endpoints.model.torch;

import io.wanspec.endpoints.model.Branches;
import io.wanspec.endpoints.model.program.KeyValueCache;
import io.wanspec.endpoints.model.program.LlamaProgram;

/**
 * A cache that grows step by step, up to the model's context and a tree behind it: it never holds more than {@link #bytes(LlamaProgram,
 * int)} says, so that all caches together can be kept within a bound. While it grows, the smaller one is still there.
 */
final class GrowingCache implements AutoCloseable {
    private static final int STEP = LlamaProgram.CAPACITY_STEP;

    private final LlamaProgram program;
    private final int slotsMax;
    private KeyValueCache cache;

    GrowingCache(LlamaProgram program) {
        this.program = program;
        slotsMax = slotsMax(program);
        cache = program.newCache(capacity(1, slotsMax));
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
        int needed = capacity(slots, slotsMax);
        if (needed > cache.capacity()) {
            KeyValueCache larger = program.newCache(needed);
            larger.copyFrom(cache, 0, held);
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

    /** Of a cache that has had so many slots in use at most. */
    static long bytes(LlamaProgram program, int slots) {
        return program.cacheBytes(capacity(slots, slotsMax(program)));
    }

    private static int slotsMax(LlamaProgram program) {
        return roundUp(program.config().contextTokens() + Branches.NODES_MAX);
    }

    private static int capacity(int slots, int slotsMax) {
        return Math.clamp(roundUp(slots), STEP, slotsMax);
    }

    private static int roundUp(int slots) {
        return Math.ceilDiv(slots, STEP) * STEP;
    }
}
