package io.wanspec.simulator.world;

import io.wanspec.contracts.PassLoad;
import org.jspecify.annotations.Nullable;

/** Runs passes of the simulated world for whoever asks. */
public interface PassServer {
    /** Asks for a pass over so many rows, at least 1; {@code done} is told at its end, once. */
    void run(int rows, Done done);

    /** The end of a pass. */
    interface Done {
        /**
         * @param passNanos of the pass, without the wait before it
         * @param load what else the pass did; null where nobody shares it
         */
        void ended(long passNanos, @Nullable PassLoad load);
    }
}
