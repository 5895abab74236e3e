package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.Invocation;

/** Plain decoding at the target endpoint. */
public interface Generations {
    /** Starts; closing the result ends the generation. */
    Generation open(Invocation.Generate request, GenerationListener listener);

    /** A generation under way. */
    interface Generation extends AutoCloseable {
        @Override
        void close();
    }
}
