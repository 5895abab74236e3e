package io.wanspec.endpoints.model.program;

import org.jspecify.annotations.Nullable;

/** One sequence's part of a forward pass, ready to be run: {@link LlamaProgram} makes them. */
public final class ProgramPass {
    private final PassPlan plan;
    private final KeyValueCache cache;
    private final @Nullable PassRows rows;

    /** @param rows gets the keys and values of all rows */
    ProgramPass(PassPlan plan, KeyValueCache cache, @Nullable PassRows rows) {
        this.plan = plan;
        this.cache = cache;
        this.rows = rows;
    }

    PassPlan plan() {
        return plan;
    }

    KeyValueCache cache() {
        return cache;
    }

    @Nullable
    PassRows rows() {
        return rows;
    }
}
