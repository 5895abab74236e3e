package io.wanspec.controller.estimate;

/** What is known of the target: how likely a guess is accepted, and how long a committed token takes. */
public final class TargetEstimate {
    private static final double ACCEPTANCE_PRIOR = 0.6;
    private static final double NANOS_PER_TOKEN_PRIOR = 20e6;

    private final Average acceptance = new Average(ACCEPTANCE_PRIOR, 0.02);
    private final Average nanosPerToken = new Average(NANOS_PER_TOKEN_PRIOR, 0.1);

    /**
     * @param drafts that were put to the target
     * @param accepted how many it agreed with
     * @param committed tokens of the round
     * @param nanos of the round, from one answer to the next
     */
    public void onRound(int drafts, int accepted, int committed, long nanos) {
        for (int i = 0; i < accepted; i++) {
            acceptance.add(1);
        }
        if (accepted < drafts) {
            acceptance.add(0);
        }
        nanosPerToken.add((double) nanos / committed);
    }

    /** Probability that a guess is accepted, given that those before it were. */
    public double acceptance() {
        return acceptance.value();
    }

    public double nanosPerToken() {
        return Math.max(1, nanosPerToken.value());
    }
}
