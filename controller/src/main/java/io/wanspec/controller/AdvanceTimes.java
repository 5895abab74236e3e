package io.wanspec.controller;

/**
 * When a worker was sent which committed tokens, until its first frame that follows from them. That frame tells the round trip.
 * The oldest are forgotten if the worker is silent for long.
 */
final class AdvanceTimes {
    /** The worker's frame is no first answer to anything. */
    static final long NOTHING_NEW = -1;

    private static final int KEPT = 32;

    private final int[] committed = new int[KEPT];
    private final long[] times = new long[KEPT];
    private int first;
    private int size;

    /** A new link begins: nobody answers what the old one was sent. */
    void forget() {
        size = 0;
    }

    /** When the oldest was sent that is not answered yet, or {@link #NOTHING_NEW}. */
    long oldestUnanswered() {
        return size == 0 ? NOTHING_NEW : times[first];
    }

    /** The worker is sent the first {@code upTo} committed tokens, as far as it lacks them. */
    void advanced(int upTo, long now) {
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
     * A frame shows that the worker knows of {@code upTo} committed tokens.
     *
     * @return when it was sent them, or {@link #NOTHING_NEW} if an earlier frame has shown that before
     */
    long answeredUpTo(int upTo) {
        long sentAt = NOTHING_NEW;
        while (size > 0 && committed[first] <= upTo) {
            sentAt = times[first];
            first = (first + 1) % KEPT;
            size--;
        }
        return sentAt;
    }
}
