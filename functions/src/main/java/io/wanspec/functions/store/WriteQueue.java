package io.wanspec.functions.store;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Whose turn it is to call the table, where calls a second, and calls at once, are bounded for all sessions together. A rule
 * without a clock: times are nanoseconds that the caller gives. Who has to be there first goes first, whatever it wants: what a
 * client waits for is due as soon as it comes, a lease before it runs out, and so nobody can be passed over for ever. A slow table
 * holds calls for seconds: those that lose no lease by waiting take half of the calls at once at most, so that leases need not
 * wait for them.
 */
final class WriteQueue {
    private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();
    private static final int BURST_PART = 10;
    private static final Comparator<Place> FIRST =
            Comparator.comparingLong(Place::dueAt).thenComparingLong(Place::order);

    private final long pauseNanos;
    private final long burstNanos;
    private final int atOnceMax;
    private final List<Place> waiting = new ArrayList<>();
    private long places;
    private long paidUpTo = Long.MIN_VALUE;
    private int underWay;
    private int underWayWithoutLease;

    /**
     * A place in line.
     *
     * @param dueAt when it should have its turn; the earlier, the sooner
     * @param lease whether a lease may run out meanwhile
     * @param order in which they came
     */
    record Place(long dueAt, boolean lease, long order) {}

    /**
     * @param perSecond after a pause a tenth of it comes at once, on top of what comes steadily
     * @param atOnceMax calls that have not been answered
     */
    WriteQueue(int perSecond, int atOnceMax) {
        pauseNanos = SECOND_NANOS / perSecond;
        burstNanos = pauseNanos * (Math.max(1, perSecond / BURST_PART) - 1);
        this.atOnceMax = atOnceMax;
    }

    Place join(long dueAt, boolean lease) {
        Place place = new Place(dueAt, lease, places++);
        waiting.add(place);
        return place;
    }

    /** Gives up a place. */
    void leave(Place place) {
        waiting.remove(place);
    }

    /** Whether it is this one's turn; then its place is gone, and the call is counted until it is {@link #done}. */
    boolean take(Place place, long now) {
        if (now < nextAt() || !first().equals(Optional.of(place))) {
            return false;
        }
        waiting.remove(place);
        paidUpTo = Math.max(paidUpTo, now - burstNanos) + pauseNanos;
        count(place, 1);
        return true;
    }

    /** Its call is over, however it ended. */
    void done(Place place) {
        count(place, -1);
    }

    /** Before then it is nobody's turn. */
    long nextAt() {
        return paidUpTo;
    }

    private Optional<Place> first() {
        return waiting.stream().filter(this::mayGo).min(FIRST);
    }

    private boolean mayGo(Place place) {
        return underWay < atOnceMax && (place.lease() || underWayWithoutLease < Math.ceilDiv(atOnceMax, 2));
    }

    private void count(Place place, int more) {
        underWay += more;
        underWayWithoutLease += place.lease() ? 0 : more;
    }
}
