package io.wanspec.controller.estimate;

/**
 * What co-located speculation (B1) would take at the times and the acceptance that were measured: a
 * round of k drafts takes {@code k d + T(k)} and yields {@code (1 - a^(k+1)) / (1 - a)} tokens on average.
 *
 * @param runLength the best number of drafts a round
 * @param nanosPerToken with that many
 */
public record ColocatedEstimate(int runLength, double nanosPerToken) {
    private static final int RUN_LENGTH_MAX = 16;

    /**
     * Computes the best run.
     *
     * @param acceptance probability that a draft token is accepted, given that those before it were
     * @param target its measured pass times
     * @param draftNanos of a busy-region draft pass
     */
    public static ColocatedEstimate of(double acceptance, TargetEstimate target, double draftNanos) {
        double best = (double) target.passNanos(0);
        int bestLength = 0;
        double tokens = 1;
        double reached = 1;
        for (int k = 1; k <= RUN_LENGTH_MAX; k++) {
            reached *= acceptance;
            tokens += reached;
            double nanos = (target.passNanos(k) + k * draftNanos) / tokens;
            if (nanos < best) {
                best = nanos;
                bestLength = k;
            }
        }
        return new ColocatedEstimate(bestLength, best);
    }
}
