package io.wanspec.contracts.sampling;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Tokens;

/**
 * The best few scores of a row and the normaliser of their softmax, in one go over the row. Scores more than
 * {@value #NEGLIGIBLE_NATS} nats below the best are left out of the normaliser: each is less than a 160,000th of the best.
 */
final class CandidateScores {
    static final double NEGLIGIBLE_NATS = 12;

    private final BestScores best;
    private final double reference;

    /** What a score must reach to count in the sum. */
    private double threshold;

    /** What a score must reach to be looked at. */
    private double floor = Double.NEGATIVE_INFINITY;

    private double sum;

    /**
     * @param count of the scores to keep
     * @param reference the highest score before noise: keeps the weights within what a double can hold
     * @param first a score that will be offered, as high as is known
     */
    CandidateScores(int count, double reference, double first) {
        this.best = new BestScores(count);
        this.reference = reference;
        this.threshold = first - NEGLIGIBLE_NATS;
    }

    /** A score without noise. */
    void offer(double score, int token) {
        if (score < floor) {
            return;
        }
        if (score >= threshold) {
            sum += Math.exp(score - reference);
        }
        if (score >= best.least()) {
            keep(score, token);
        }
    }

    /** A score to which the noise of {@code token} under {@code key} is added. */
    void offerPerturbed(double score, long key, int token) {
        long bits = Noise.bits(key, token);
        if (bits < NoiseBounds.below(floor - score)) {
            return;
        }
        if (bits >= NoiseBounds.below(threshold - score)) {
            // exp(score + gumbel) by one logarithm: a Gumbel variable is minus the logarithm of an exponential one.
            sum += Math.exp(score - reference) / Noise.exponential(bits);
        }
        if (bits >= NoiseBounds.below(best.least() - score)) {
            keep(score + Noise.gumbel(bits), token);
        }
    }

    private void keep(double score, int token) {
        best.offer(score, token);
        threshold = Math.max(threshold, score - NEGLIGIBLE_NATS);
        floor = Math.min(threshold, best.least());
    }

    /** The best scores' tokens and their surprisals. */
    Candidates candidates() {
        int[] tokens = new int[best.size()];
        int[] surprisals = new int[best.size()];
        // The sum is no less than its largest part, except where scores are so large that the noise is lost in
        // rounding.
        double normaliser = Math.max(Math.log(sum) + reference, best.score(0));
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = best.token(i);
            surprisals[i] = Candidates.milliNats(normaliser - best.score(i));
        }
        return new Candidates(Tokens.of(tokens), Ints.of(surprisals));
    }
}
