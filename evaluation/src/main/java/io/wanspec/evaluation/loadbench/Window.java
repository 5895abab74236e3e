package io.wanspec.evaluation.loadbench;

import java.time.Duration;

/** A stretch of time, by {@link System#nanoTime}; its end is no part of it. */
record Window(long beginNanos, long endNanos) {
    Window {
        if (endNanos - beginNanos <= 0) {
            throw new IllegalArgumentException("a window has a length");
        }
    }

    boolean contains(long nanos) {
        return nanos - beginNanos >= 0 && nanos - endNanos < 0;
    }

    /** Whether time did not run out before the better part of what was planned. */
    boolean isMostOf(Duration planned) {
        return 2 * (endNanos - beginNanos) >= planned.toNanos();
    }

    double seconds() {
        return (endNanos - beginNanos) / 1e9;
    }
}
