package io.wanspec.simulator.world;

import java.util.function.LongFunction;
import java.util.function.LongPredicate;

/**
 * Where a remote worker is: the way to it, whether it is there, and what it runs on.
 *
 * @param wanAt the way at a time
 * @param isUp whether it can be reached at a time; what is sent meanwhile is lost
 */
public record WorkerSite(LongFunction<Wan> wanAt, LongPredicate isUp, PassServer processor) {
    /** One that is always as it is. */
    public static WorkerSite steady(Wan wan, PassServer processor) {
        return new WorkerSite(now -> wan, now -> true, processor);
    }
}
