package io.wanspec.functions.lambda;

import io.micronaut.function.aws.MicronautRequestHandler;
import java.security.SecureRandom;
import org.crac.Context;
import org.crac.Core;
import org.crac.Resource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A function that SnapStart may make many of, out of one snapshot of its memory. What two functions must not share (owner ids of
 * leases and budgets), what does not survive (connections, timers) and what is old by then (what is known of endpoints and keys)
 * is not reset piece by piece: none of it is in the snapshot, because the parts were closed before, and all of them are made anew
 * after a restore. What stays is what made the start slow: classes that are loaded, linked and compiled.
 */
abstract class SnapshotHandler<I, O> extends MicronautRequestHandler<I, O> implements Resource {
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotHandler.class);

    SnapshotHandler() {
        // Held weakly there. Lambda's client holds its handler as long as the process lives.
        Core.getGlobalContext().register(this);
    }

    /**
     * Does once what an event will need, so that its classes are in the snapshot: over the network, but without an effect.
     *
     * @throws RuntimeException if that failed, which costs the first event its time and nothing else
     */
    abstract void rehearse() throws InterruptedException;

    @Override
    public final void beforeCheckpoint(Context<? extends Resource> context) throws InterruptedException {
        try {
            rehearse();
        } catch (RuntimeException e) {
            LOG.warn("The rehearsal before a snapshot failed: {}", e.getClass().getSimpleName());
        }
        applicationContext.close();
    }

    /** @throws RuntimeException if the function cannot start, as where it starts without a snapshot */
    @Override
    public final void afterRestore(Context<? extends Resource> context) {
        FreshRandomness.stir(new SecureRandom());
        applicationContext = newApplicationContextBuilder().start();
        applicationContext.inject(this);
    }
}
