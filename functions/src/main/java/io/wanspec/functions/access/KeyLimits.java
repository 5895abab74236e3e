package io.wanspec.functions.access;

import java.util.Arrays;
import java.util.OptionalLong;

/**
 * How much a key may use. What is absent has no limit. Windows are minutes and days of UTC.
 *
 * @param requestsPerMinute requests that make or change something
 * @param tokensPerMinute prompt and completion together
 * @param tokensPerDay prompt and completion together
 * @param concurrent answers that are being made at once
 */
public record KeyLimits(
        OptionalLong requestsPerMinute,
        OptionalLong tokensPerMinute,
        OptionalLong tokensPerDay,
        OptionalLong concurrent) {
    /** Far beyond any use, and far from where sums overflow. */
    public static final long LIMIT_MAX = 1_000_000_000_000L;

    private static final KeyLimits NONE =
            new KeyLimits(OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty());

    public KeyLimits {
        for (OptionalLong limit : Arrays.asList(requestsPerMinute, tokensPerMinute, tokensPerDay, concurrent)) {
            if (limit.isPresent() && (limit.getAsLong() < 1 || limit.getAsLong() > LIMIT_MAX)) {
                throw new IllegalArgumentException(
                        "a limit of a key must be between 1 and " + LIMIT_MAX + ", was " + limit.getAsLong());
            }
        }
    }

    public static KeyLimits none() {
        return NONE;
    }
}
