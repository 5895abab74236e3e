package io.wanspec.functions.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whose turn it is to write, where writes a second are bounded for all sessions together. A rule without a clock: times are
 * nanoseconds that the caller gives. First come what a client waits for and leases that would run out, then everybody in turn: a
 * session waits with one write at a time, so that the first in line is the one that has waited longest.
 */
final class WriteQueue {
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int BURST_PART = 10;

    private final long pauseNanos;
    private final long burstNanos;
    private final List<Place> waiting = new ArrayList<>();
    private long places;
    private long paidUpTo = Long.MIN_VALUE;

    /**
     * A place in line.
     *
     * @param urgentAt from then on it goes before those that are not
     * @param order in which they came
     */
    record Place(long urgentAt, long order) {}

    /** @param perSecond after a pause a tenth of it comes at once, on top of what comes steadily */
    WriteQueue(int perSecond) {
        pauseNanos = SECOND_NANOS / perSecond;
        burstNanos = pauseNanos * (Math.max(1, perSecond / BURST_PART) - 1);
    }

    Place join(long urgentAt) {
        Place place = new Place(urgentAt, places++);
        waiting.add(place);
        return place;
    }

    /** Gives up a place. */
    void leave(Place place) {
        waiting.remove(place);
    }

    /** Whether it is this one's turn; then its place is gone, and the write is counted. */
    boolean take(Place place, long now) {
        if (now < nextAt() || !first(now).equals(Optional.of(place))) {
            return false;
        }
        waiting.remove(place);
        paidUpTo = Math.max(paidUpTo, now - burstNanos) + pauseNanos;
        return true;
    }

    /** Before then it is nobody's turn. */
    long nextAt() {
        return paidUpTo;
    }

    private Optional<Place> first(long now) {
        return waiting.stream()
                .min(Comparator.comparingLong(
                                (Place place) -> place.urgentAt() <= now ? place.urgentAt() : Long.MAX_VALUE)
                        .thenComparingLong(Place::order));
    }
}
