package io.wanspec.controller.estimate;

/**
 * Makes the drafts' own probabilities honest: a factor on their surprisals, learned from what the target committed. A draft
 * that is surer of itself than it is right gets a factor above 1, which takes the more off a draft token the less sure it was.
 *
 * <p>By stochastic approximation: the factor moves until the mean predicted probability of the first choices equals the share
 * of them that were right.
 */
public final class Calibration {
    private static final double STEP = 0.02;
    private static final double FACTOR_MIN = 0.3;
    private static final double FACTOR_MAX = 4;

    private double factor;

    /** @param factor what earlier requests have found, 1 at first; beyond its bounds it is brought within them */
    public Calibration(double factor) {
        this.factor = Math.clamp(factor, FACTOR_MIN, FACTOR_MAX);
    }

    /** What surprisals are multiplied by. */
    public double factor() {
        return factor;
    }

    /**
     * A first choice of the draft was judged.
     *
     * @param predicted the probability, as corrected, that it would be right
     */
    public void onFirstChoice(double predicted, boolean right) {
        factor = Math.clamp(factor + STEP * (predicted - (right ? 1 : 0)), FACTOR_MIN, FACTOR_MAX);
    }
}
