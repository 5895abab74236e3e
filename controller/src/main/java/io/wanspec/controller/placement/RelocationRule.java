package io.wanspec.controller.placement;

/** Whether a session shall leave its draft place for another one. */
public final class RelocationRule {
    /** What another one promises has to be better than what is by so much: both are measured with errors. */
    private static final double MARGIN = 1.25;

    /** Quicker than this share of a target's pass is of no use: the pass under way does not end sooner. */
    private static final double FREE = 0.5;

    /** What a change has to be expected to save of a token's time, as a factor. */
    private static final double GAIN = 1.05;

    private final double targetPassNanos;
    private final double acceptance;

    /**
     * How a place works.
     *
     * @param reactionNanos from what was sent to the first draft token that follows from it, or so far if none has come
     * @param passNanos of a draft pass
     */
    public record Pace(double reactionNanos, double passNanos) {}

    /**
     * Of a session as it is now.
     *
     * @param targetPassNanos of a pass of the target
     * @param acceptance probability that a draft token is accepted, given that those before it were
     */
    public RelocationRule(double targetPassNanos, double acceptance) {
        this.targetPassNanos = targetPassNanos;
        this.acceptance = acceptance;
    }

    /** A reply is late if the other place would have been clearly sooner, and drafts fast enough for that to be of use. */
    public boolean isLate(Pace seen, Pace promised) {
        double free = FREE * targetPassNanos;
        return seen.reactionNanos() > MARGIN * Math.max(free, promised.reactionNanos()) + free / 2
                && nanosPerToken(seen) > GAIN * nanosPerToken(promised);
    }

    /** What a token is expected to take with such a place. */
    public double nanosPerToken(Pace pace) {
        return PlaceOutlook.nanosPerToken(pace.reactionNanos(), pace.passNanos(), targetPassNanos, acceptance);
    }
}
