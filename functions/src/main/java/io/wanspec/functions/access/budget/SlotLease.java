package io.wanspec.functions.access.budget;

/**
 * The places for answers at once that one function holds.
 *
 * @param untilMs since 1970; what a function that crashed held is free from then on
 */
record SlotLease(long slots, long untilMs) {
    SlotLease {
        if (slots < 1) {
            throw new IllegalArgumentException("a lease has a place at least, not " + slots);
        }
    }
}
