package io.wanspec.endpoints.compute;

/**
 * What one more row adds to a pass, as this server has lately measured it: the times of passes of similar sizes, averaged with
 * forgetting, and the slope between neighbouring sizes. The compute thread's alone.
 */
final class RowCost {
    /** Of the latest pass in an average. */
    private static final double WEIGHT = 0.1;

    /** Sizes from one power of two up to the next count as similar. */
    private static final int CLASSES = 1 + Integer.SIZE - Integer.numberOfLeadingZeros(Compute.ROWS_MAX);

    private final double[] rows = new double[CLASSES];
    private final double[] nanos = new double[CLASSES];

    /** Takes in a pass. */
    void add(int size, long time) {
        int at = classOf(size);
        double weight = rows[at] == 0 ? 1 : WEIGHT;
        rows[at] += weight * (size - rows[at]);
        nanos[at] += weight * (time - nanos[at]);
    }

    /** Of a pass of so many rows, in nanoseconds; 0 while that is not known. */
    long nanosAt(int size) {
        int at = classOf(size);
        int above = known(at + 1, 1);
        int below = known(at - 1, -1);
        if (rows[at] == 0 || (above < 0 && below < 0)) {
            return 0;
        }
        int low = above < 0 ? below : at;
        int high = above < 0 ? at : above;
        return Math.max(0, Math.round((nanos[high] - nanos[low]) / (rows[high] - rows[low])));
    }

    private int known(int from, int step) {
        for (int at = from; at >= 0 && at < CLASSES; at += step) {
            if (rows[at] > 0) {
                return at;
            }
        }
        return -1;
    }

    private static int classOf(int size) {
        return Math.min(CLASSES, Integer.SIZE - Integer.numberOfLeadingZeros(size)) - 1;
    }
}
