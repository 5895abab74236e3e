package io.wanspec.simulator.world;

import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** One direction of a stream across the {@link Wan}: says when a message arrives, and counts bytes. */
final class Direction {
    private static final double NANOS_PER_MS = 1e6;

    private final LongFunction<Wan> wanAt;
    private final SplittableRandom random;
    private long lastArrival;
    private long sendingUntil;
    private long bytes;

    Direction(LongFunction<Wan> wanAt, SplittableRandom random) {
        this.wanAt = wanAt;
        this.random = random;
    }

    /** When a message of this size, sent now, is there. */
    long arrival(long now, int size) {
        bytes += size;
        Wan wan = wanAt.apply(now);
        long sent = now;
        if (wan.mbitPerS() > 0) {
            sendingUntil = Math.max(sendingUntil, now) + (long) (size * 8e3 / wan.mbitPerS());
            sent = sendingUntil;
        }
        double ms = wan.rttMs() / 2;
        if (wan.jitterMs() > 0) {
            ms -= Math.log(1 - random.nextDouble()) * wan.jitterMs();
        }
        while (wan.loss() > 0 && random.nextDouble() < wan.loss()) {
            ms += wan.rttMs();
        }
        lastArrival = Math.max(lastArrival, sent + (long) (ms * NANOS_PER_MS));
        return lastArrival;
    }

    long bytes() {
        return bytes;
    }
}
