package io.wanspec.controller.estimate;

/**
 * How loaded a session found the target, for sessions that begin soon after it: a hint, which their own passes outweigh within a
 * few rounds. Whoever keeps it bounds its age.
 *
 * @param others sessions beside this one in a pass, on average
 * @param waitedShare wait before a pass, as a share of it, 0 to 1
 * @param rowNanos what one more row added to a pass; 0 if the target did not say
 * @param passNanos of a pass, whoever shares it, without the wait before it; 0 while nothing is known at all
 */
public record LoadSeen(double others, double waitedShare, double rowNanos, double passNanos) {
    private static final LoadSeen NOTHING = new LoadSeen(0, 0, 0, 0);

    public LoadSeen {
        if (!isAmount(others)
                || !isAmount(rowNanos)
                || !isAmount(passNanos)
                || !(waitedShare >= 0 && waitedShare <= 1)) {
            throw new IllegalArgumentException("a load has no negative parts, and a share of waiting between 0 and 1");
        }
    }

    /** A target that nobody has asked yet, or that does not say. */
    public static LoadSeen nothing() {
        return NOTHING;
    }

    boolean isKnown() {
        return passNanos > 0;
    }

    private static boolean isAmount(double value) {
        return value >= 0 && value < Double.POSITIVE_INFINITY;
    }
}
