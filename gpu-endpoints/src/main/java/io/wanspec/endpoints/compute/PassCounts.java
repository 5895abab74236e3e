package io.wanspec.endpoints.compute;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long the passes of each size took, and how many took longer than the minimum: what a padded pass measures is the pad only
 * while there are few of those. Written by the compute thread, read by any.
 */
public final class PassCounts {
    /** Larger passes are counted as ones of this size. */
    public static final int TOKENS_MAX = Compute.ROWS_MAX;

    private final AtomicLongArray passes = new AtomicLongArray(TOKENS_MAX + 1);
    private final AtomicLongArray sequences = new AtomicLongArray(TOKENS_MAX + 1);
    private final AtomicLongArray late = new AtomicLongArray(TOKENS_MAX + 1);
    private final AtomicLongArray nanos = new AtomicLongArray(TOKENS_MAX + 1);
    private final AtomicLongArray paddedNanos = new AtomicLongArray(TOKENS_MAX + 1);

    /**
     * Counts a pass, once for all that share it.
     *
     * @param tokens of all its sequences
     * @param shared how many sequences it has
     * @param own nanoseconds that it took by itself
     * @param padded the same with its padding
     * @param isLate whether it took longer than the minimum
     */
    void add(int tokens, int shared, long own, long padded, boolean isLate) {
        int size = Math.min(tokens, TOKENS_MAX);
        passes.incrementAndGet(size);
        sequences.addAndGet(size, shared);
        nanos.addAndGet(size, own);
        paddedNanos.addAndGet(size, padded);
        if (isLate) {
            late.incrementAndGet(size);
        }
    }

    /**
     * A JSON array with an object for each size that occurred: {@code tokens}, {@code passes}, {@code late}, and sums over the
     * passes: {@code sequences} that had a part in them, and in milliseconds {@code ownMs} and {@code paddedMs}.
     */
    public String json() {
        StringBuilder json = new StringBuilder("[");
        for (int size = 0; size <= TOKENS_MAX; size++) {
            if (passes.get(size) > 0) {
                json.append(json.length() > 1 ? "," : "")
                        .append("{\"tokens\":")
                        .append(size)
                        .append(",\"passes\":")
                        .append(passes.get(size))
                        .append(",\"sequences\":")
                        .append(sequences.get(size))
                        .append(",\"late\":")
                        .append(late.get(size))
                        .append(",\"ownMs\":")
                        .append(nanos.get(size) / 1e6)
                        .append(",\"paddedMs\":")
                        .append(paddedNanos.get(size) / 1e6)
                        .append('}');
            }
        }
        return json.append(']').toString();
    }
}
