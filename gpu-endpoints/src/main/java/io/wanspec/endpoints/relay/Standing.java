package io.wanspec.endpoints.relay;

import java.time.Duration;

/**
 * How a worker has behaved. One that broke the rules, or let a session wait for nothing, is left alone for a while: a second, and twice as
 * long each further time, up to two minutes. Sessions that it served take that back one by one. Pure but for its memory.
 */
final class Standing {
    static final Duration FIRST = Duration.ofSeconds(1);
    static final Duration LAST = Duration.ofMinutes(2);
    private static final int STRIKES_MAX = 8;

    private int strikes;
    private boolean left;
    private long untilNanos;

    void strike(long nowNanos) {
        strikes = Math.min(STRIKES_MAX, strikes + 1);
        Duration pause = FIRST.multipliedBy(1L << (strikes - 1));
        untilNanos = nowNanos + (pause.compareTo(LAST) < 0 ? pause : LAST).toNanos();
        left = true;
    }

    void served() {
        strikes = Math.max(0, strikes - 1);
    }

    boolean isGood(long nowNanos) {
        left = left && untilNanos - nowNanos > 0;
        return !left;
    }
}
