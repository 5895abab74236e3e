package io.wanspec.functions.access.budget;

import io.wanspec.functions.access.KeyLimits;
import java.time.Duration;
import java.util.OptionalLong;

/** What is counted in windows of time. Windows begin with the minutes and days of UTC. */
enum Budget {
    REQUESTS_PER_MINUTE("requests", Duration.ofMinutes(1)),
    TOKENS_PER_MINUTE("tokens", Duration.ofMinutes(1)),
    TOKENS_PER_DAY("tokensOfDay", Duration.ofDays(1));

    private final String attribute;
    private final long windowMs;

    Budget(String attribute, Duration window) {
        this.attribute = attribute;
        this.windowMs = window.toMillis();
    }

    /** Under which the table counts it. */
    String attribute() {
        return attribute;
    }

    OptionalLong limit(KeyLimits limits) {
        return switch (this) {
            case REQUESTS_PER_MINUTE -> limits.requestsPerMinute();
            case TOKENS_PER_MINUTE -> limits.tokensPerMinute();
            case TOKENS_PER_DAY -> limits.tokensPerDay();
        };
    }

    long windowAt(long nowMs) {
        return Math.floorDiv(nowMs, windowMs);
    }

    /** How long until the window is over; never negative. */
    long msLeft(long window, long nowMs) {
        return Math.max(0, (window + 1) * windowMs - nowMs);
    }
}
