package io.wanspec.functions.follow;

import java.time.Duration;

/** How long to wait between two looks at a record: longer and longer while nothing comes, but not beyond a lease's end. Pure. */
final class LookPauses {
    /** Behind news: checkpoints come every half second. */
    static final Duration FIRST = Duration.ofMillis(100);

    static final Duration MAX = Duration.ofSeconds(1);

    /** However near the lease's end is. */
    static final Duration MIN = Duration.ofMillis(20);

    private Duration pause = FIRST;

    void news() {
        pause = FIRST;
    }

    /** @param left until a lease runs out that nobody renews; not positive if there is none */
    Duration next(Duration left) {
        Duration now = left.isPositive() && left.compareTo(pause) < 0 ? longer(left, MIN) : pause;
        Duration twice = pause.multipliedBy(2);
        pause = twice.compareTo(MAX) < 0 ? twice : MAX;
        return now;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }
}
