package io.wanspec.endpoints.compute;

/**
 * Waits if that is expected to spare more than it costs: whoever is back in time need not wait for a whole pass more, and all who are
 * ready wait for the pause. How many are back in time is learned; what is not tried is believed in a little more each time. Who has been
 * away for longer than a pass takes is not in each of them, whatever was learned of others.
 */
final class PauseThatPays implements Pause {
    /** More than an answer takes within a region; peers that wait for other regions are not back so soon anyway. */
    private static final long NANOS_MAX = 2_000_000;

    /** Of the last pass, how small a part it is at least. */
    private static final int PARTS = 16;

    /** Below it, waiting is less exact than the pause is long. */
    private static final long NANOS_MIN = 100_000;

    /** Of the latest pause in what is learned. */
    private static final double WEIGHT = 0.1;

    private static final double HOPE = 0.001;

    private double backInTime = 1;

    @Override
    public long nanos(long lastPassNanos, long sinceNanos, int ready, int away) {
        long pause = Math.min(NANOS_MAX, lastPassNanos / PARTS);
        if (pause < NANOS_MIN || sinceNanos > lastPassNanos) {
            return 0;
        }
        if (away * backInTime * (double) lastPassNanos > (double) ready * (double) pause) {
            return pause;
        }
        backInTime = Math.min(1, backInTime + HOPE);
        return 0;
    }

    @Override
    public void took(int away, int came) {
        backInTime += WEIGHT * ((double) came / away - backInTime);
    }
}
