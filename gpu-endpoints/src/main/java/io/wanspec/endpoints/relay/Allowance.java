package io.wanspec.endpoints.relay;

import java.time.Duration;

/**
 * How much a worker may send to one session: a burst, and then so many frames and bytes a second. What is beyond waits in its connection,
 * and in the end on its machine. Pure but for its memory.
 */
final class Allowance {
    /** Several windows of drafts. */
    static final int BURST_FRAMES = 512;

    /** A frame for each pass of a quick draft. */
    static final int FRAMES_EACH_SECOND = 500;

    static final int BURST_BYTES = 2 << 20;
    static final int BYTES_EACH_SECOND = 1 << 20;
    private static final double SECOND = 1e9;

    private double frames = BURST_FRAMES;
    private double bytes = BURST_BYTES;
    private long lastNanos;

    Allowance(long nowNanos) {
        lastNanos = nowNanos;
    }

    /**
     * One more frame, which has come already.
     *
     * @return how long no further one is to be read; zero if it may be
     */
    Duration take(int frameBytes, long nowNanos) {
        double passed = Math.max(0, nowNanos - lastNanos) / SECOND;
        lastNanos = Math.max(lastNanos, nowNanos);
        frames = Math.min(BURST_FRAMES, frames + passed * FRAMES_EACH_SECOND) - 1;
        bytes = Math.min(BURST_BYTES, bytes + passed * BYTES_EACH_SECOND) - frameBytes;
        double owed = Math.max(-frames / FRAMES_EACH_SECOND, -bytes / BYTES_EACH_SECOND);
        return owed > 0 ? Duration.ofNanos(Math.round(owed * SECOND)) : Duration.ZERO;
    }
}
