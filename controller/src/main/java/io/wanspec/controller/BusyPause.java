package io.wanspec.controller;

import java.time.Duration;

/**
 * How long a session leaves a busy peer alone: twice as long each time, up to a bound. Sessions that were refused together do
 * not come back together: each adds up to as much again, by its name.
 */
final class BusyPause {
    private static final int DOUBLINGS_MAX = 4;
    private static final int SHARES = 256;

    private BusyPause() {}

    /**
     * @param first the shortest pause
     * @param times how often the peer has been busy before, one time after the other
     * @param name of whoever waits
     * @return nanoseconds
     */
    static long nanos(Duration first, int times, Object name) {
        long pause = first.toNanos() << Math.min(times, DOUBLINGS_MAX);
        int share = (((name.hashCode() + times) * 0x9E3779B1) >>> 7) % SHARES;
        return pause + pause * share / SHARES;
    }
}
