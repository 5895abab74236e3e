package io.wanspec.endpoints.bench;

import java.util.Arrays;

/** Times of one case. */
final class Samples {
    private static final double NANOS_PER_MS = 1e6;

    private long[] nanos = new long[64];
    private int size;

    void add(long sample) {
        if (size == nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * size);
        }
        nanos[size++] = sample;
    }

    int size() {
        return size;
    }

    /** What a pass usually takes. */
    double medianMs() {
        long[] sorted = sorted();
        return (sorted[(size - 1) / 2] + sorted[size / 2]) / 2.0 / NANOS_PER_MS;
    }

    /** A quarter of the passes took no longer: what a pass takes on a machine that does other things besides. */
    double quartileMs() {
        return sorted()[(size - 1) / 4] / NANOS_PER_MS;
    }

    /** What it takes when nothing disturbs. */
    double minMs() {
        return sorted()[0] / NANOS_PER_MS;
    }

    private long[] sorted() {
        if (size == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        long[] sorted = Arrays.copyOf(nanos, size);
        Arrays.sort(sorted);
        return sorted;
    }
}
