package io.wanspec.local.worker;

import java.time.Duration;

/**
 * How long to wait before the next try: half a second, twice as long each time, up to half a minute, and each time somewhere between half of
 * that and all of it, so that workers which lost the same relay do not come back at the same moment. Pure but for its memory.
 */
final class RetryPause {
    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration LAST = Duration.ofSeconds(30);

    private Duration next = FIRST;

    /** @param chance from 0 to 1 */
    synchronized Duration next(double chance) {
        Duration longest = next;
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LAST) < 0 ? doubled : LAST;
        return Duration.ofNanos(Math.round(longest.toNanos() * (1 + chance) / 2));
    }

    /** It has gone well. */
    synchronized void reset() {
        next = FIRST;
    }
}
