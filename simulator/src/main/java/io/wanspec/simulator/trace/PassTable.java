package io.wanspec.simulator.trace;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.wanspec.contracts.Limits;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a pass takes, by how many tokens it forwards.
 *
 * @param msByTokens milliseconds, above 0 and at most {@value #MS_MAX}, for 1 token and any others up to
 *     {@link #TOKENS_MAX}; for equal machines it need not rise, as measurements scatter
 */
public record PassTable(SortedMap<Integer, Double> msByTokens) {
    /** A run and the token before it. */
    public static final int TOKENS_MAX = Limits.RUN_TOKENS_MAX + 1;

    static final double MS_MAX = 60_000;

    public PassTable {
        msByTokens = Collections.unmodifiableSortedMap(new TreeMap<>(msByTokens));
        msByTokens.forEach(PassTable::check);
        if (!msByTokens.containsKey(1)) {
            throw new IllegalArgumentException("pass times must have one for 1 token, have " + msByTokens.keySet());
        }
    }

    @JsonCreator
    static PassTable of(Map<Integer, Double> msByTokens) {
        return new PassTable(new TreeMap<>(msByTokens));
    }

    @JsonValue
    public Map<Integer, Double> asMap() {
        return msByTokens;
    }

    /**
     * Milliseconds of a pass over {@code tokens}, at least one: linear between the sizes that were measured, and beyond the
     * largest with the slope before it.
     */
    public double ms(int tokens) {
        if (tokens < 1) {
            throw new IllegalArgumentException("a pass forwards at least 1 token, not " + tokens);
        }
        if (msByTokens.size() == 1) {
            return at(1);
        }
        int last = msByTokens.lastKey();
        int above = tokens >= last ? last : msByTokens.tailMap(tokens + 1).firstKey();
        int below = msByTokens.headMap(above).lastKey();
        double slope = (at(above) - at(below)) / (above - below);
        double ms = at(below) + slope * (tokens - below);
        // Scatter must not make larger passes free.
        return tokens > last ? Math.max(ms, at(last)) : ms;
    }

    private double at(int tokens) {
        return Objects.requireNonNull(msByTokens.get(tokens));
    }

    private static void check(int tokens, @Nullable Double ms) {
        if (tokens < 1 || tokens > TOKENS_MAX) {
            throw new IllegalArgumentException(
                    "pass times must be for 1 to " + TOKENS_MAX + " tokens, has one for " + tokens);
        }
        if (ms == null || !(ms > 0 && ms <= MS_MAX)) {
            throw new IllegalArgumentException(
                    "pass times must be above 0 and at most " + MS_MAX + " ms, the one for " + tokens + " is " + ms);
        }
    }
}
