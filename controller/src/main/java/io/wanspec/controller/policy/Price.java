package io.wanspec.controller.policy;

/**
 * What a busy-region draft pass must be expected to save to be worth it, in units of the time that a token takes with
 * co-located speculation. The farther the remote worker, the more is lost while its drafts are out of step, and the cheaper a
 * pass must be for the answer to keep its pace.
 *
 * @param share price at any distance
 * @param nearShare what is added for a worker that is one token's time away; it falls with the distance
 * @param freeWithin distance in tokens' times within which no busy-region pass is made at all
 */
public record Price(double share, double nearShare, double freeWithin) {
    /** As few busy-region passes as keep the pace of co-located speculation. Found in the reference scenario. */
    public static final Price ECONOMY = new Price(0.71, 0, 1.3);

    /** A tenth faster than co-located speculation, for more passes. */
    public static final Price FAST = new Price(0.545, 0, 0);

    public Price {
        if (!(share >= 0 && nearShare >= 0 && freeWithin >= 0)) {
            throw new IllegalArgumentException("a price has no negative parts");
        }
    }

    public static Price share(double share) {
        return new Price(share, 0, 0);
    }

    /**
     * The price in nanoseconds.
     *
     * @param roundTripNanos to the nearest remote worker
     * @param colocatedNanos what a token takes with co-located speculation
     */
    public double nanos(double roundTripNanos, double colocatedNanos) {
        double distance = Math.max(roundTripNanos / colocatedNanos, 1e-3);
        return distance < freeWithin ? Double.POSITIVE_INFINITY : (share + nearShare / distance) * colocatedNanos;
    }
}
