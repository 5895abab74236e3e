package io.wanspec.simulator.world;

import java.util.function.IntToLongFunction;

/** Passes that are never batched: one at a time, in the order in which they were asked for. */
public final class Turns implements PassServer {
    private final VirtualTime time;
    private final Accelerator processor;
    private final IntToLongFunction nanos;

    /**
     * @param processor which other servers may share
     * @param nanos of a pass over so many rows
     */
    public Turns(VirtualTime time, Accelerator processor, IntToLongFunction nanos) {
        this.time = time;
        this.processor = processor;
        this.nanos = nanos;
    }

    @Override
    public void run(int rows, Done done) {
        long passNanos = nanos.applyAsLong(rows);
        time.at(processor.run(time.now(), passNanos), () -> done.ended(passNanos, null));
    }
}
