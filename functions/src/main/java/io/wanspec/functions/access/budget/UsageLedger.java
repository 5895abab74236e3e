package io.wanspec.functions.access.budget;

import io.wanspec.functions.access.KeyLimits;

/** Where functions take their parts of a key's budget from, and where they say what they used. */
interface UsageLedger {
    /** Takes effect whole, before or after whatever others take. */
    Taking take(String keyId, KeyLimits limits, Ask ask, long nowMs);

    /** Adds to what the key used on this day; for people, not for rules. */
    void report(String keyId, long nowMs, long requests, long tokens);
}
