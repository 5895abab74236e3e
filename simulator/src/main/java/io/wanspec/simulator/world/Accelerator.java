package io.wanspec.simulator.world;

/** A processor of the simulated world that runs passes one at a time, in the order in which they were asked for. */
public final class Accelerator {
    private long freeAt;
    private long busyNanos;

    /**
     * Asks for a pass.
     *
     * @return when a pass of this length, asked for now, ends
     */
    long run(long now, long nanos) {
        freeAt = Math.max(freeAt, now) + nanos;
        busyNanos += nanos;
        return freeAt;
    }

    /** Share of the time until now, and until the end of the passes that were asked for, that is spent in passes. */
    public double utilisation(long now) {
        return (double) busyNanos / Math.max(1, Math.max(now, freeAt));
    }

    /** Time spent in passes. */
    public long busyNanos() {
        return busyNanos;
    }
}
