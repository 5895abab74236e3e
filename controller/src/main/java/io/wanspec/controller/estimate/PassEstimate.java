package io.wanspec.controller.estimate;

/** Time of a target pass as a line over its draft tokens, by exponentially weighted least squares. */
final class PassEstimate {
    private static final double WEIGHT = 0.05;
    private static final double BASE_PRIOR_NANOS = 40e6;

    /** Variance of the sizes below which the prior's slope outweighs what was seen. */
    private static final double PRIOR_VARIANCE = 1;

    private final double sharePrior;

    // Their priors are no samples: a made-up pass among the real ones would tilt the line.
    private final Average nanos = new Average(BASE_PRIOR_NANOS, WEIGHT, 0);
    private final Average size = new Average(0, WEIGHT, 0);
    private final Average squares = new Average(0, WEIGHT, 0);
    private final Average products = new Average(0, WEIGHT, 0);

    /** @param sharePrior what one token adds, as a share of an empty pass, until passes of different sizes were seen */
    PassEstimate(double sharePrior) {
        this.sharePrior = sharePrior;
    }

    void add(int drafts, long passNanos) {
        nanos.add((double) passNanos);
        size.add(drafts);
        squares.add((double) drafts * drafts);
        products.add((double) drafts * passNanos);
    }

    double tokenNanos() {
        double variance = Math.max(0, squares.value() - size.value() * size.value());
        double covariance = products.value() - size.value() * nanos.value();
        double prior = sharePrior * nanos.value() / (1 + sharePrior * size.value());
        return Math.max(0, (covariance + prior * PRIOR_VARIANCE) / (variance + PRIOR_VARIANCE));
    }

    /** What one token adds, as a share of an empty pass. */
    double tokenShare() {
        return tokenNanos() / nanos(0);
    }

    long nanos(int drafts) {
        return Math.round(Math.max(1, nanos.value() + tokenNanos() * (drafts - size.value())));
    }
}
