package io.wanspec.controller.policy;

import java.util.function.IntToLongFunction;

/**
 * Verify now, or wait for more guesses? Wait if some number of further guesses is expected to add more accepted tokens
 * than the target would commit in the time that it takes for them to come.
 */
public final class WaitRule {
    /** How many further guesses are looked at. */
    private static final int LOOK_AHEAD = 8;

    /**
     * What an expected token is worth, as a share of the time that a token takes on average: the wait is certain, and drafts
     * that come too late for this round still serve the next. Chosen by trying 1, 0.7, 0.5 and 0.35 in virtual
     * time: 0.7 was fastest at 20 to 50 ms of round trip without many more target passes.
     */
    private static final double WORTH = 0.7;

    private WaitRule() {}

    /**
     * @param known guesses at hand
     * @param limit most guesses of a round
     * @param acceptance probability that a guess is accepted, given that those before it were
     * @param nanosPerToken what the target takes for a token at present
     * @param nowNanos the time
     * @param arrivalNanos expected arrival of the (known + j)-th guess, j from 0; {@link Long#MAX_VALUE} for never
     */
    public static boolean isWorthWaiting(
            int known,
            int limit,
            double acceptance,
            double nanosPerToken,
            long nowNanos,
            IntToLongFunction arrivalNanos) {
        double reached = Math.pow(acceptance, known);
        double gain = 0;
        for (int j = 0; j < LOOK_AHEAD && known + j < limit; j++) {
            long arrival = arrivalNanos.applyAsLong(j);
            if (arrival == Long.MAX_VALUE) {
                return false;
            }
            reached *= acceptance;
            gain += reached;
            if (gain * WORTH * nanosPerToken > arrival - nowNanos) {
                return true;
            }
        }
        return false;
    }
}
