package io.wanspec.controller;

/** When a worker was told of which committed tokens, until it answers. The oldest are forgotten if it is silent for long. */
final class ToldTimes {
    /** The worker's frame is no first answer to anything. */
    static final long NOTHING_NEW = -1;

    private static final int KEPT = 32;

    private final int[] committed = new int[KEPT];
    private final long[] times = new long[KEPT];
    private int first;
    private int size;

    void told(int upTo, long now) {
        if (size == KEPT) {
            first = (first + 1) % KEPT;
            size--;
        }
        int at = (first + size) % KEPT;
        committed[at] = upTo;
        times[at] = now;
        size++;
    }

    /**
     * The worker knows of {@code upTo} committed tokens.
     *
     * @return when it was told so, or {@link #NOTHING_NEW} if it has answered to that before
     */
    long heardUpTo(int upTo) {
        long heard = NOTHING_NEW;
        while (size > 0 && committed[first] <= upTo) {
            heard = times[first];
            first = (first + 1) % KEPT;
            size--;
        }
        return heard;
    }
}
