package io.wanspec.simulator.fault;

import io.wanspec.simulator.world.VirtualTime;

/** One direction of a draft link that loses, delays, repeats and reorders. */
final class LossyDirection {
    private static final long LATE_NANOS = 60_000_000;

    private final VirtualTime time;
    private final LinkFaults faults;
    private final Chances random;
    private long lastArrival;

    LossyDirection(VirtualTime time, LinkFaults faults, Chances random) {
        this.time = time;
        this.faults = faults;
        this.random = random;
    }

    void send(Runnable arrival) {
        if (!random.happens(faults.loss())) {
            deliver(arrival);
        }
        if (random.happens(faults.duplicate())) {
            deliver(arrival);
        }
    }

    private void deliver(Runnable arrival) {
        long at = time.now() + faults.delayNanos() + (long) random.upTo((double) faults.jitterNanos());
        if (random.happens(faults.reorder())) {
            at += (long) random.upTo((double) LATE_NANOS);
        } else {
            at = Math.max(at, lastArrival);
            lastArrival = at;
        }
        time.at(at, arrival);
    }
}
