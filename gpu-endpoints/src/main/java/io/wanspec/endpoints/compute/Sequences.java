package io.wanspec.endpoints.compute;

import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Sequence;
import java.util.Optional;

/** Where sessions get their sequences from; used on the compute thread only, but for {@link #report}. */
@FunctionalInterface
public interface Sequences {
    /**
     * A sequence that may hold a part of {@code prefix} already, and nothing else.
     *
     * @param caller for whom: what one caller's sessions left behind is not for another's, who could tell by the time that it
     *     saves
     * @param need what it may come to hold
     * @throws OverloadedException if none is to be had at present
     */
    Lease acquire(Tokens prefix, Optional<CallerId> caller, CacheNeed need);

    /** The same for a session of which nothing is known. */
    default Lease acquire(Tokens prefix) {
        return acquire(prefix, Optional.empty(), CacheNeed.expendable(prefix));
    }

    /** A pass is over: those in use may have grown, what nobody uses gives way to them, and who waits may look again. */
    default void trim() {}

    /** Whether {@link #acquire} would give one out. */
    default boolean hasRoom(CacheNeed need) {
        return true;
    }

    /** @param changed called when {@link #hasRoom} may have become true without any lease having been released */
    default void onRoom(Runnable changed) {}

    /** How the caches stand; any thread may ask. */
    default CacheReport report() {
        return CacheReport.NONE;
    }

    /** The exclusive use of a sequence until it is released. */
    interface Lease extends AutoCloseable {
        /** @throws IllegalStateException if it has been given up and {@link #reserve} has not yet given another */
        Sequence sequence();

        /** Whether there is a sequence: an older session's growth may have taken it between two passes. */
        default boolean isHeld() {
            return true;
        }

        /**
         * Makes room for the next pass; to be asked before each, as it is where a session waits. If the sequence was given up
         * there is a new one then, which is empty.
         *
         * @param tokens that the sequence will hold at most, nodes of trees included
         * @param wake has the session ask again; called when there may be room
         * @return whether there is room; if so the sequence stays until {@link #computed}
         * @throws OverloadedException if there is none, and the session can not wait, or has waited too long
         */
        default boolean reserve(int tokens, Runnable wake) {
            return true;
        }

        /**
         * Takes what other sessions of the same caller have computed of this session's text, if that is worth a copy.
         *
         * @param prefix that the sequence is to hold next, of which it holds a part already
         * @param wake has the session ask again
         * @return whether it is to compute the next part of what it lacks, if it lacks any; false if another session is about to
         *     compute that, so that it is to be waited for: {@code wake} is called then
         */
        default boolean share(Tokens prefix, Runnable wake) {
            return true;
        }

        /** The pass that was reserved for is over, or not needed. */
        default void computed() {}

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
        return (prefix, caller, need) -> new Lease() {
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
