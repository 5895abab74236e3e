package io.wanspec.functions.link;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long a call to a busy endpoint waits for its next try: twice as long each time, up to a bound, and never all together. */
final class BusyBackoff {
    private static final long FIRST_MILLIS = 100;
    private static final int DOUBLINGS_MAX = 4;

    private BusyBackoff() {}

    /** @param times how often it was busy before */
    static Duration pause(int times) {
        long millis = FIRST_MILLIS << Math.min(times, DOUBLINGS_MAX);
        return Duration.ofMillis(millis + ThreadLocalRandom.current().nextLong(millis));
    }
}
