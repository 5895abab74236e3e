package io.wanspec.functions.store;

import org.jspecify.annotations.Nullable;

/** What became of a write of a session's owner. */
sealed interface Written {
    /** It took effect. */
    record Done() implements Written {}

    /**
     * It did not, because an earlier one had taken effect whose answer was lost.
     *
     * @param committedTokens how many are durable
     */
    record Already(int committedTokens) implements Written {}

    /**
     * The session is no longer the owner's, and never will be again.
     *
     * @param status where it stands; null if it is gone
     * @param ours whether the owner was the last one all the same: others may have ended it, nobody has taken it
     */
    record Lost(@Nullable SessionStatus status, boolean ours) implements Written {}
}
