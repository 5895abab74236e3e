package io.wanspec.controller.policy;

/**
 * What a busy-region draft pass must be expected to save to be worth it, as a share of the time that a token takes with
 * co-located speculation.
 *
 * @param share price of a pass where the remote worker is far away
 * @param nearShare what is added at a round trip of one target pass, less beyond, more before: the nearer the worker, the
 *     less is lost while its drafts are out of step
 * @param freeWithin round trip, in target passes, within which no busy-region pass is made at all: a correction has reached
 *     the worker, and what it drafts from there has come back, before the pass that follows it ends
 * @param sharedShare what {@code share} becomes where others take part in all of the target's passes: to be in each of them, with
 *     what drafts there are, keeps B1's pace for fewer busy-region passes
 */
public record Price(double share, double nearShare, double freeWithin, double sharedShare) {
    /** As few busy-region passes as keep the pace of co-located speculation. Found in the reference scenario. */
    public static final Price ECONOMY = new Price(0.7, 0.06, 0.6, 0.9);

    /** A tenth faster than co-located speculation, for more passes. */
    public static final Price FAST = new Price(0.575, 0, 0, 0.575);

    /** More than any draft token can be worth. */
    public static final Price PROHIBITIVE = new Price(0.9, 0, 0, 0.9);

    /** Cheaper passes than this only take the target's time: the draft tokens that they bring are too seldom right. */
    private static final double SHARE_MIN = 0.4;

    private static final double DISTANCE_MIN = 0.1;

    public Price {
        if (!(share >= 0 && nearShare >= 0 && freeWithin >= 0 && sharedShare >= 0)) {
            throw new IllegalArgumentException("a price has no negative parts");
        }
    }

    public static Price share(double share) {
        return new Price(share, 0, 0, share);
    }

    /** The same, no dearer or cheaper where the target is shared. */
    public Price(double share, double nearShare, double freeWithin) {
        this(share, nearShare, freeWithin, share);
    }

    /** The price where others take part in so many of the target's passes, from 0 to 1. */
    public Price besideOthers(double othersShare) {
        return othersShare == 0
                ? this
                : new Price(share + (sharedShare - share) * othersShare, nearShare, freeWithin, sharedShare);
    }

    /**
     * The price in nanoseconds.
     *
     * @param factor of the guard, 1 or less; the nearness of a worker counts only while the guard lets it
     * @param roundTripNanos to the nearest remote worker
     * @param targetPassNanos of a target pass
     * @param colocatedNanos what a token takes with co-located speculation
     */
    public double nanos(double factor, double roundTripNanos, double targetPassNanos, double colocatedNanos) {
        double distance = roundTripNanos / targetPassNanos;
        if (distance < freeWithin * factor) {
            return Double.POSITIVE_INFINITY;
        }
        double full = share + nearShare / Math.max(distance, DISTANCE_MIN);
        return Math.max(full * factor, Math.min(full, SHARE_MIN)) * colocatedNanos;
    }
}
