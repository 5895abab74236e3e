package io.wanspec.functions.access;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How often the table may be asked about keys that are not in the cache: whoever makes up keys with the right checksum costs a
 * read each, up to here. Keys in use are in the cache and pass. Pure but for its memory.
 */
final class LookupGate {
    /** More than a server has keys in use, so that a restart is not felt. */
    static final int BURST = 200;

    static final int EACH_SECOND = 50;

    /** Reads at once. */
    static final int AT_ONCE = 16;

    private static final Duration PLACE_WAIT = Duration.ofSeconds(2);
    private static final long NANOS = 1_000_000_000L;

    private final Semaphore places = new Semaphore(AT_ONCE);
    private double tokens = BURST;
    private long lastNanos;

    LookupGate(long nowNanos) {
        lastNanos = nowNanos;
    }

    /** Lets one through, which must {@link #leave}. */
    boolean enter(long nowNanos) {
        return spend(nowNanos) && hasPlace();
    }

    /** A crowd of keys that are all new here, as after a start, is let in one after the other. */
    private boolean hasPlace() {
        try {
            return places.tryAcquire(PLACE_WAIT.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void leave() {
        places.release();
    }

    private synchronized boolean spend(long nowNanos) {
        long passed = Math.max(0, nowNanos - lastNanos);
        lastNanos += passed;
        tokens = Math.min(BURST, tokens + (double) passed * EACH_SECOND / NANOS);
        if (tokens < 1) {
            return false;
        }
        tokens--;
        return true;
    }
}
