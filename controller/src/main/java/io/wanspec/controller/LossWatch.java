package io.wanspec.controller;

import io.wanspec.controller.estimate.TargetEstimate;

/**
 * Says when a session loses so much time by speculation that it had better decode plainly, whatever requests before it have taught.
 * What it gains makes up for earlier losses only: a text that is easy at first and hard later is not carried by its beginning.
 */
final class LossWatch {
    /** In plain passes. Chance alone, a few corrections in a row, seldom costs as much in a text of thousands of tokens. */
    private static final double LOST_MAX = 12;

    /** A round that stood still, for whatever reason, would have stood still without drafts, too. */
    private static final double ROUND_MAX = 3;

    /** Fewer say nothing. */
    private static final int TOKENS_MIN = LearnedEstimates.TOKENS_MIN;

    private double lost;
    private int rounds;
    private int tokens;
    private long nanos;

    /**
     * A round's answer is there.
     *
     * @param committed tokens of the round
     * @param roundNanos since the answer before it; of the first, since the session began, which is no round's time
     */
    void onRound(int committed, long roundNanos, TargetEstimate estimate) {
        if (rounds++ == 0) {
            return;
        }
        tokens += committed;
        nanos += roundNanos;
        lost = Math.max(0, lost + Math.min(ROUND_MAX, roundNanos / estimate.aloneInPlainNanosPerToken() - committed));
    }

    boolean isTooMuch() {
        return lost > LOST_MAX && tokens >= TOKENS_MIN;
    }

    /** That were committed behind the first round. */
    int tokens() {
        return tokens;
    }

    /** That they took. */
    long nanos() {
        return nanos;
    }
}
