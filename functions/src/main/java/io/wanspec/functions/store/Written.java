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
     */
    record Lost(@Nullable SessionStatus status) implements Written {}
}
