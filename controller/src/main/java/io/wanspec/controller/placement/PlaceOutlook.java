package io.wanspec.controller.placement;

/**
 * What a session may expect of a place. Between two corrections a draft is right about {@code 1 / (1 - a)} times. After one, the
 * place has to hear of it and draft anew: until its first token comes, the target makes a token a pass. From then on a pass
 * makes as many as the drafts are good for, if the place drafts that fast.
 *
 * @param nanosPerToken without drafts of the busy region, which fill gaps at their own price
 * @param roundTripNanos with jitter, without a pass
 * @param reactionNanos from a correction to the first draft token that follows from it: a round trip and a pass
 * @param trouble share of sessions in which it fails, or replies so irregularly that it is as good as away
 */
record PlaceOutlook(double nanosPerToken, double roundTripNanos, double reactionNanos, double trouble) {
    private static final double ROUND_TRIP_PRIOR_NANOS = 50e6;
    private static final double PASS_PRIOR_NANOS = 8e6;

    /** Draft tokens in a row that a round takes. */
    private static final int RUN = 8;

    /** A level of a tree takes a little longer than a node, and a place has to get ahead, not only keep up. */
    private static final double LEVEL = 1.3;

    private static final double ACCEPTANCE_MAX = 0.98;

    /** So much evidence for failures is outweighed by the hope that they are over. */
    private static final double HOPE = 0.1;

    /** The same for slow passes: after three minutes as much is hoped as was seen. */
    private static final double HOPE_OF_PASSES = 1.0 / 64;

    /** Jitter up to this share of the reaction is no trouble. */
    private static final double CALM = 0.5;

    static PlaceOutlook of(PlaceMeasures of, PlacementQuestion terms) {
        double pass = pass(of.passNanos(), terms.nowMillis());
        double jitter = of.jitterNanos().or(0);
        double roundTrip = of.roundTripNanos().or(ROUND_TRIP_PRIOR_NANOS) + jitter;
        double reaction = Math.max(1, roundTrip + pass);
        double failing = failing(of.failures(), terms.nowMillis());
        double smooth = nanosPerToken(reaction, pass, terms.targetPassNanos(), terms.acceptance());
        double expected = smooth + failing * (terms.targetPassNanos() - smooth);
        double irregular = Math.max(0, jitter / reaction - CALM);
        return new PlaceOutlook(expected, roundTrip, reaction, Math.min(1, failing + irregular));
    }

    /** A place that was slow is looked at again after some minutes: nobody measures passes where no session is. */
    private static double pass(Decayed measured, long nowMillis) {
        double mean = measured.or(PASS_PRIOR_NANOS);
        double weight = measured.weightAt(nowMillis);
        return mean <= PASS_PRIOR_NANOS
                ? mean
                : (mean * weight + PASS_PRIOR_NANOS * HOPE_OF_PASSES) / (weight + HOPE_OF_PASSES);
    }

    private static double failing(Decayed failures, long nowMillis) {
        double weight = failures.weightAt(nowMillis);
        return failures.mean() * weight / (weight + HOPE);
    }

    /** A place that is of no use leaves the target's own pace. */
    static double nanosPerToken(double reaction, double pass, double target, double measuredAcceptance) {
        double acceptance = Math.min(ACCEPTANCE_MAX, measuredAcceptance);
        double tokens = 1 / (1 - acceptance);
        double alone = Math.min(tokens, reaction / target);
        double inStep = Math.min(target, Math.max(target / tokensOfRound(acceptance), LEVEL * pass));
        return (alone * target + (tokens - alone) * inStep) / tokens;
    }

    private static double tokensOfRound(double acceptance) {
        return (1 - Math.pow(acceptance, RUN + 1)) / (1 - acceptance);
    }
}
