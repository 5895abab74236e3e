package io.wanspec.simulator.advice;

import io.wanspec.simulator.region.LoadCurve;

/**
 * How much is asked of a target.
 *
 * @param busiestSessions sessions under way at once in its busiest hour
 * @param tokensAMonth of answers; 0 if nobody said
 */
public record Demand(double busiestSessions, double tokensAMonth) {
    /** A target that is well used: what the study takes. */
    public static final Demand BUSY = new Demand(32, 0);

    private static final double DAYS_A_MONTH = 730 / 24.0;
    private static final double SECONDS_A_DAY = 86_400;

    /** About what a token takes: it says how many requests are under way at once. */
    private static final double SECONDS_A_TOKEN = 0.02;

    public Demand {
        if (!(busiestSessions > 0 && tokensAMonth >= 0)) {
            throw new IllegalArgumentException("a target that nobody asks needs no drafts");
        }
    }

    /** So many requests a day, spread as the load curve has it. */
    public static Demand of(int requestsPerDay, int answerTokens) {
        double tokens = (double) Math.max(1, requestsPerDay) * answerTokens;
        double atOnce = tokens * SECONDS_A_TOKEN / SECONDS_A_DAY;
        return new Demand(atOnce / LoadCurve.assumed().mean(), tokens * DAYS_A_MONTH);
    }

    /** Sessions at once at a share of the busiest hour's load; one at least, for whom it is answered. */
    double sessions(double load) {
        return Math.max(1, busiestSessions * load);
    }
}
