package io.wanspec.drafting;

/**
 * What another node adds to a pass, as a share of a pass over one, learned from the passes; and whether it is worth that.
 *
 * <p>A pass over n nodes takes {@code 1 + s (n - 1)} times as long as one over a single node. Nodes are taken by probability
 * as long as they raise the probability covered per time, weighed by {@link #EAGERNESS}: what is left out now can still be
 * taken by the next pass, what is taken delays it.
 */
final class PassCost {
    /** Tried in virtual time: 0, 0.35, 0.5, 0.6, 0.7, 1 and 2; from 0.5 to 0.7 latency is flat and lowest. */
    private static final double EAGERNESS = 0.6;

    private static final double SHARE_PRIOR = 0.05;
    private static final double SHARE_MIN = 0.01;
    private static final double WEIGHT = 0.05;

    /** Variance of the numbers of nodes below which the prior outweighs what was seen. */
    private static final double PRIOR_VARIANCE = 4;

    private double passes;
    private double meanNodes;
    private double meanNanos;
    private double variance;
    private double covariance;

    void onPass(int nodes, long nanos) {
        passes++;
        double weight = Math.max(WEIGHT, 1 / passes);
        double nodesOff = nodes - meanNodes;
        double nanosOff = nanos - meanNanos;
        meanNodes += weight * nodesOff;
        meanNanos += weight * nanosOff;
        variance = (1 - weight) * (variance + weight * nodesOff * nodesOff);
        covariance = (1 - weight) * (covariance + weight * nodesOff * nanosOff);
    }

    /** What one more node costs, as a share of a pass over one. */
    double share() {
        double single = meanNanos / (1 + SHARE_PRIOR * Math.max(0, meanNodes - 1));
        if (single <= 0) {
            return SHARE_PRIOR;
        }
        double slope = (covariance / single + SHARE_PRIOR * PRIOR_VARIANCE) / (variance + PRIOR_VARIANCE);
        return Math.max(SHARE_MIN, slope);
    }

    /**
     * Whether another node should go along.
     *
     * @param probability of its path
     * @param covered sum of the probabilities of those taken
     * @param taken how many those are
     */
    boolean isWorthIt(double probability, double covered, int taken) {
        double share = share();
        return probability >= EAGERNESS * share * covered / (1 + share * (taken - 1));
    }
}
