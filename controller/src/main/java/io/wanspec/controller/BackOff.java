package io.wanspec.controller;

import java.time.Duration;

/**
 * How long a session leaves a peer alone that was lost, or has too much to do: twice as long each time, up to a bound. Sessions that
 * lost it together do not come back together: each adds up to as much again, by its name.
 */
final class BackOff {
    private static final int SHARES = 256;

    private BackOff() {}

    /**
     * @param first the shortest pause
     * @param doublings at most
     * @param times how often that was so before, one time after the other
     * @param name of whoever waits
     * @return nanoseconds
     */
    static long nanos(Duration first, int doublings, int times, Object name) {
        long pause = first.toNanos() << Math.min(times, doublings);
        int share = (((name.hashCode() + times) * 0x9E3779B1) >>> 7) % SHARES;
        return pause + pause * share / SHARES;
    }
}
