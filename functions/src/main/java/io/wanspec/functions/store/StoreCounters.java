package io.wanspec.functions.store;

import java.util.concurrent.atomic.LongAdder;

/** What the store did, for all sessions of this process. */
public final class StoreCounters {
    private final LongAdder writes = new LongAdder();
    private final LongAdder failures = new LongAdder();

    void wrote() {
        writes.increment();
    }

    void failed() {
        failures.increment();
    }

    public long writes() {
        return writes.sum();
    }

    public long failures() {
        return failures.sum();
    }
}
