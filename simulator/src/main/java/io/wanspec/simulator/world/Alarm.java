package io.wanspec.simulator.world;

import java.util.function.LongConsumer;

/**
 * One alarm that is set anew again and again, nearly always before it goes off. It keeps few happenings in {@link VirtualTime}:
 * one that comes too early plans the next.
 */
final class Alarm {
    private static final long NEVER = Long.MAX_VALUE;

    private final VirtualTime time;
    private LongConsumer wake;
    private long wanted = NEVER;
    private long order;
    private long planned = NEVER;

    Alarm(VirtualTime time, LongConsumer wake) {
        this.time = time;
        this.wake = wake;
    }

    /** Goes off at this time and no other; among what happens then, in the order of this call. */
    void set(long atNanos) {
        wanted = atNanos;
        order = time.reserve();
        if (atNanos < planned) {
            plan();
        }
    }

    /** It never goes off again, and forgets whom it would have woken: what is planned may outlive them by hours. */
    void cancel() {
        wanted = NEVER;
        wake = at -> {};
    }

    private void plan() {
        long at = wanted;
        planned = at;
        time.at(at, order, () -> ring(at));
    }

    private void ring(long at) {
        if (planned == at) {
            planned = NEVER;
        }
        if (wanted == at) {
            wanted = NEVER;
            wake.accept(at);
        } else if (wanted < planned) {
            plan();
        }
    }
}
