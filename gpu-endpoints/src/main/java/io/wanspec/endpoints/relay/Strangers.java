package io.wanspec.endpoints.relay;

import java.util.concurrent.atomic.AtomicInteger;

/** How many streams have not said whose they are. Beyond a number there is no room for more, so that room is left for those who have. */
final class Strangers {
    static final int MAX = 256;

    private final AtomicInteger count = new AtomicInteger();

    /** @return whether there is room; whoever gets it must {@link #leave} */
    boolean enter() {
        if (count.incrementAndGet() <= MAX) {
            return true;
        }
        count.decrementAndGet();
        return false;
    }

    void leave() {
        count.decrementAndGet();
    }

    int count() {
        return count.get();
    }
}
