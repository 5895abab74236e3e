package io.wanspec.controller.policy;

import java.util.function.IntToLongFunction;

/**
 * Verify now, or wait for more draft tokens? Wait if some number of them is expected to add more accepted tokens than the time
 * until they come is worth: until the pass that takes them begins.
 */
public final class WaitRule {
    /** How many further draft tokens are looked at. */
    private static final int LOOK_AHEAD = 8;

    private WaitRule() {}

    /**
     * @param reached probability that the target gets to where knowledge ends
     * @param room how many more draft tokens a round would take
     * @param acceptance probability that a draft token is accepted, given that those before it were
     * @param nanosPerAccepted longest wait that one more accepted token is worth
     * @param nanosPerDraft what one more draft token adds to a round
     * @param nowNanos the time
     * @param rhythm when the target's passes begin
     * @param arrivalNanos expected arrival of the j-th further draft token, j from 0; {@link Long#MAX_VALUE} for never
     */
    public static boolean isWorthWaiting(
            double reached,
            int room,
            double acceptance,
            double nanosPerAccepted,
            double nanosPerDraft,
            long nowNanos,
            PassRhythm rhythm,
            IntToLongFunction arrivalNanos) {
        double probability = reached;
        double gain = 0;
        for (int j = 0; j < LOOK_AHEAD && j < room; j++) {
            long arrival = arrivalNanos.applyAsLong(j);
            if (arrival == Long.MAX_VALUE) {
                return false;
            }
            probability *= acceptance;
            gain += probability;
            if (gain * nanosPerAccepted - (j + 1) * nanosPerDraft > rhythm.nanosLater(nowNanos, arrival)) {
                return true;
            }
        }
        return false;
    }
}
