package io.wanspec.endpoints.compute;

/**
 * The least time that a decode pass takes, so that a small model on a small machine can stand in for a large one: the
 * pass is padded, never shortened. Users know it as the pace.
 *
 * @param passMs of a pass over one token, in milliseconds
 * @param tokenMs of each further token, in milliseconds
 */
public record MinimumPassTime(double passMs, double tokenMs) {
    private static final double MS_MAX = 60_000;

    public MinimumPassTime {
        if (!(passMs >= 0 && passMs <= MS_MAX && tokenMs >= 0 && tokenMs <= MS_MAX)) {
            throw new IllegalArgumentException(
                    "a minimum pass time is 0 to 60000 ms, was " + passMs + " and " + tokenMs);
        }
    }

    /** As fast as it goes. */
    public static MinimumPassTime none() {
        return new MinimumPassTime(0, 0);
    }

    public boolean isPaced() {
        return passMs > 0 || tokenMs > 0;
    }

    /** Least time of a pass over {@code tokens}, in nanoseconds. */
    public long nanosFor(int tokens) {
        return (long) ((passMs + tokenMs * (tokens - 1)) * 1e6);
    }
}
