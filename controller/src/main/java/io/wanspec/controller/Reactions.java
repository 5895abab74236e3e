package io.wanspec.controller;

/**
 * How long a worker takes from hearing something new to the first draft token that follows: as promised before the session, and as
 * seen in it. What was seen of a place that was left fades: it may have recovered.
 */
final class Reactions {
    private static final double HALF_LIFE_NANOS = 10e9;

    private final EventTime time;
    private final double promised;
    private double seen;
    private long seenAt = EventTime.NEVER;
    private int lateSigns;
    private int firstLateRound;

    Reactions(EventTime time, Worker worker) {
        this.time = time;
        promised = (double) worker.roundTrip().plus(worker.placed().pass()).toNanos();
    }

    void on(long nanos) {
        seen = (double) nanos;
        seenAt = time.now();
    }

    /** It has not replied for so long. */
    void atLeast(long nanos) {
        on(seenAt == EventTime.NEVER ? nanos : Math.max(Math.round(seen), nanos));
    }

    /** @return how many signs in a row there have been */
    int late(int round) {
        firstLateRound = lateSigns == 0 ? round : firstLateRound;
        return ++lateSigns;
    }

    void inTime() {
        lateSigns = 0;
    }

    /** Whether it was late in that round or before, and was not in time since. */
    boolean isLateSince(int round) {
        return lateSigns > 0 && firstLateRound <= round;
    }

    /** Of the last reply, or of the wait for it. */
    double seenNanos() {
        return seen;
    }

    int firstLateRound() {
        return firstLateRound;
    }

    /** What may be expected now. */
    double promisedNanos() {
        if (seenAt == EventTime.NEVER) {
            return promised;
        }
        double left = Math.pow(0.5, (time.now() - seenAt) / HALF_LIFE_NANOS);
        return promised + (seen - promised) * left;
    }
}
