package io.wanspec.functions.store;

import java.time.Duration;

/**
 * When one session calls the table next. A rule without a clock: times are nanoseconds that the caller gives. Changes gather for
 * an interval, a lease is renewed in time, and after a failure the next try waits, longer each time and never together with
 * others.
 */
final class WritePace {
    /** However short the interval is set: a session never calls more often. */
    static final Duration INTERVAL_MIN = Duration.ofMillis(5);

    /** The longest pause behind the first failure, unless the interval is shorter. */
    static final Duration PAUSE_FIRST = Duration.ofMillis(100);

    /** Behind many: a lease, which is renewed after a third of its time, still sees a second and a third try. */
    static final Duration PAUSE_MAX = Duration.ofSeconds(2);

    private static final int DOUBLINGS_MAX = 9;

    private final long intervalNanos;
    private long leasedNanos;
    private long gatheredNanos;
    private long notBeforeNanos;
    private int failures;

    /** @param now since when there is a lease, if there is one */
    WritePace(Duration interval, long now) {
        intervalNanos = interval.toNanos();
        leasedNanos = now;
        answered(now);
    }

    /** When the lease is to be renewed: what is written before renews it too. */
    long renewAt() {
        return leasedNanos + Lease.RENEWED_AFTER.toNanos();
    }

    /** When to call next. */
    long nextAt(boolean somethingToWrite) {
        long wanted = somethingToWrite ? Math.min(gatheredNanos, renewAt()) : renewAt();
        return Math.max(wanted, notBeforeNanos);
    }

    /** @param started when the call began, which has renewed the lease */
    void renewed(long started) {
        leasedNanos = started;
        answered(started);
    }

    /** An earlier call had taken effect, so that this one has not: the lease is as old as that one. */
    void answered(long started) {
        failures = 0;
        gatheredNanos = started + intervalNanos;
        notBeforeNanos = started + INTERVAL_MIN.toNanos();
    }

    /** @param jitter from 0 to 1 */
    void failed(long now, double jitter) {
        long first = Math.clamp(intervalNanos, INTERVAL_MIN.toNanos(), PAUSE_FIRST.toNanos());
        long longest = Math.min(first << Math.min(failures, DOUBLINGS_MAX), PAUSE_MAX.toNanos());
        failures++;
        long half = longest / 2;
        notBeforeNanos = now + half + (long) (half * jitter);
    }
}
