package io.wanspec.contracts.sampling;

import org.jspecify.annotations.Nullable;

/**
 * Which token each logit of a row is about. Noise belongs to tokens, not to places in a row: a draft that scores only some of
 * its target's tokens must name them, or it would draw other noise than its target.
 */
public final class TokenIds {
    private static final TokenIds ALL = new TokenIds(null);

    private final int @Nullable [] ids;

    private TokenIds(int @Nullable [] ids) {
        this.ids = ids;
    }

    /** Logit i is about token i. */
    public static TokenIds all() {
        return ALL;
    }

    /**
     * Logit i is about token {@code ids[i]}.
     *
     * @param ids copied; at least one, not negative, each above the one before, so that ties still go to the lowest token
     */
    public static TokenIds of(int... ids) {
        int before = -1;
        for (int id : ids) {
            if (id <= before) {
                throw new IllegalArgumentException(
                        "token ids must rise from 0 or more, found " + id + " after " + before);
            }
            before = id;
        }
        if (ids.length == 0) {
            throw new IllegalArgumentException("token ids must be at least one");
        }
        return new TokenIds(ids.clone());
    }

    /** The token that logit {@code index} is about. */
    public int get(int index) {
        return ids == null ? index : ids[index];
    }

    /** Checks that a row of {@code logits} values can be about these tokens. */
    void requireSize(int logits) {
        if (ids != null && ids.length != logits) {
            throw new IllegalArgumentException("token ids name " + ids.length + " tokens, a row has " + logits);
        }
    }
}
