package io.wanspec.endpoints.compute;

import io.wanspec.contracts.Tokens;

/**
 * What a session's cache may come to hold, as far as that is known when it begins.
 *
 * @param tokens of its text so far and of what is expected behind it
 * @param yields whether it goes on beyond that for as long as its peer asks, and in return gives its cache up to an older session
 *     that needs the room
 */
public record CacheNeed(int tokens, boolean yields) {
    /**
     * What is expected of a session that does not say how long its text becomes. Little, so that many short ones run at a time: to
     * find room for more later costs less than to wait for room that would not be used.
     */
    public static final int TOKENS_EXPECTED = 64;

    public CacheNeed {
        if (tokens < 1) {
            throw new IllegalArgumentException("a session needs room for a token at least, was " + tokens);
        }
    }

    /** Of a session that knows how long it becomes at most: it gets all of that at the beginning, and keeps it. */
    public static CacheNeed whole(int tokens) {
        return new CacheNeed(tokens, false);
    }

    /** Of a session that goes on for as long as its peer asks; if its cache is taken, it is computed again. */
    public static CacheNeed growing(Tokens prefix) {
        return new CacheNeed(prefix.size() + TOKENS_EXPECTED, true);
    }

    /** Of a session that grows as well, but whose peer can do without it: it is refused when it finds no room to grow. */
    public static CacheNeed expendable(Tokens prefix) {
        return new CacheNeed(prefix.size() + TOKENS_EXPECTED, false);
    }
}
