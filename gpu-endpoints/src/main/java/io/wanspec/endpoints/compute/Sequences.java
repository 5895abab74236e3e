package io.wanspec.endpoints.compute;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Sequence;
import java.util.Optional;

/** Where sessions get their sequences from; used on the compute thread only. */
@FunctionalInterface
public interface Sequences {
    /**
     * A sequence that may hold a part of {@code prefix} already, and nothing else.
     *
     * @param caller for whom: what one caller's sessions left behind is not for another's, who could tell by the time that it
     *     saves
     * @throws OverloadedException if none is to be had at present
     */
    Lease acquire(Tokens prefix, Optional<CallerId> caller);

    /** The same for a caller who is not known. */
    default Lease acquire(Tokens prefix) {
        return acquire(prefix, Optional.empty());
    }

    /** Those in use may have grown: what nobody uses gives way to them. */
    default void trim() {}

    /** Whether {@link #acquire} would give one out. */
    default boolean hasRoom() {
        return true;
    }

    /** The exclusive use of a sequence until it is released. */
    interface Lease extends AutoCloseable {
        Sequence sequence();

        /**
         * Gives the sequence back.
         *
         * @param held the tokens that it holds, for whoever has use for them next
         */
        void release(Tokens held);

        @Override
        default void close() {
            release(Tokens.none());
        }
    }

    /** A fresh sequence for everyone. */
    static Sequences fresh(LanguageModel model) {
        return (prefix, caller) -> new Lease() {
            private final Sequence sequence = model.open();

            @Override
            public Sequence sequence() {
                return sequence;
            }

            @Override
            public void release(Tokens held) {
                sequence.close();
            }
        };
    }
}
