package io.wanspec.functions.access.budget;

import io.wanspec.functions.access.KeyLimits;
import java.util.Map;

/** Where functions take their parts of a key's budget from, and where they say what they used. */
interface UsageLedger {
    /**
     * Takes effect whole, before or after whatever others take. One that throws may have taken effect, or may still: once that is
     * known, {@link #recovered} has what came of it. One call at a time for a key and a function.
     */
    Taking take(String keyId, KeyLimits limits, Ask ask, long nowMs);

    /** Whether there are calls of whose effect nobody knows yet: the next one may tell. */
    default boolean isOpen(String keyId) {
        return false;
    }

    /** What calls that threw had taken after all, or had not given back after all: this function's, and told once. */
    default Map<Budget, Held> recovered(String keyId) {
        return Map.of();
    }

    /** Adds to what the key used on this day; for people, not for rules. */
    void report(String keyId, long nowMs, long requests, long tokens);
}
