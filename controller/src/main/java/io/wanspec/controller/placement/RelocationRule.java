package io.wanspec.controller.placement;

/** Whether a session shall leave its draft place for another one. */
public final class RelocationRule {
    /** What another one promises has to be better than what is by so much: both are measured with errors. */
    private static final double MARGIN = 1.25;

    /** Quicker than this share of a target's pass is of no use: the pass under way does not end sooner. */
    private static final double FREE = 0.5;

    private RelocationRule() {}

    /**
     * A reply is late if the other place would have been clearly sooner.
     *
     * @param reactionNanos from what was sent to the first draft token that follows from it, or so far if none has come
     * @param promisedNanos the same as expected of the other place
     * @param targetPassNanos of a pass of the target
     */
    public static boolean isLate(double reactionNanos, double promisedNanos, double targetPassNanos) {
        double free = FREE * targetPassNanos;
        return reactionNanos > MARGIN * Math.max(free, promisedNanos) + free / 2;
    }
}
