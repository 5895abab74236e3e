package io.wanspec.functions.link;

import java.time.Duration;

/**
 * When something was seen, by both clocks. A function is frozen between its requests: what its monotonic clock does meanwhile is
 * not told, and the wall clock is set after a thaw and may be set at any time. Which of them says more is believed: to take
 * something for older than it is costs one question.
 */
record Sighting(long nanos, long millis) {
    static Sighting now() {
        return new Sighting(System.nanoTime(), System.currentTimeMillis());
    }

    /** How much later than {@code earlier} this is; never negative. */
    Duration since(Sighting earlier) {
        long byMonotonic = nanos - earlier.nanos;
        long byWall = Math.clamp(millis - earlier.millis, 0, Long.MAX_VALUE / 1_000_000) * 1_000_000;
        return Duration.ofNanos(Math.max(0, Math.max(byMonotonic, byWall)));
    }
}
