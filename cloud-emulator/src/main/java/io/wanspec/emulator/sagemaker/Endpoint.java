package io.wanspec.emulator.sagemaker;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What is behind an endpoint's name. */
sealed interface Endpoint {
    record InService(Instances instances) implements Endpoint {}

    /** It exists, but no container of it can be reached. */
    record OutOfService() implements Endpoint {}

    /**
     * It has been scaled to zero. The first call is refused, and wakes it up.
     *
     * @param wakeUp time from that call to the first instance
     * @param wantedNanos when that call came; 0 before
     */
    record Asleep(Instances instances, Duration wakeUp, AtomicLong wantedNanos) implements Endpoint {
        /** Somebody calls. @return whether it is awake */
        boolean isAwakeAt(long nowNanos) {
            boolean first = wantedNanos.compareAndSet(0, nowNanos == 0 ? 1 : nowNanos);
            return !first && nowNanos - wantedNanos.get() >= wakeUp.toNanos();
        }
    }
}
