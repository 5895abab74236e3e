package io.wanspec.evaluation.loadbench;

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

    double seconds() {
        return (endNanos - beginNanos) / 1e9;
    }
}
