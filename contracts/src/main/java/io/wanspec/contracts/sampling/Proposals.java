package io.wanspec.contracts.sampling;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which tokens a model's logits are about. A draft may leave rare tokens out; their noise is not drawn, and that of the
 * others is keyed by the token's id in the common vocabulary, so that draft and target stay coupled.
 */
public final class Proposals {
    private static final int NONE = -1;
    private static final Proposals ALL = new Proposals(null, NONE);

    private final int @Nullable [] ids;

    /** The token of the column behind those of {@link #ids}. */
    private final int last;

    private Proposals(int @Nullable [] ids, int last) {
        this.ids = ids;
        this.last = last;
    }

    /** Column {@code i} of the logits is token {@code i}. */
    public static Proposals all() {
        return ALL;
    }

    /**
     * @param ids token of each column; ascending, so that ties go to the lowest id here as in the whole vocabulary
     * @throws IllegalArgumentException if they do not ascend from at least 0
     */
    public static Proposals of(int... ids) {
        int last = -1;
        for (int id : ids) {
            if (id <= last) {
                throw new IllegalArgumentException("proposed token ids must ascend, but " + id + " follows " + last);
            }
            last = id;
        }
        return new Proposals(ids.clone(), NONE);
    }

    /**
     * These and one more token in a last column of its own, for one row of logits. Of equal scores the lowest column's wins,
     * so this token's yields even to higher ids.
     */
    public Proposals then(int token) {
        if (ids == null || last != NONE || column(token) >= 0) {
            throw new IllegalArgumentException("token " + token + " has a column already, or another was added");
        }
        return new Proposals(ids, token);
    }

    /** The token id of a column of the logits. */
    public int token(int column) {
        if (ids == null) {
            return column;
        }
        return column == ids.length && last != NONE ? last : ids[column];
    }

    /** The column of a token, or -1 if the logits are not about it. */
    public int column(int token) {
        if (ids == null) {
            return token;
        }
        if (token == last && last != NONE) {
            return ids.length;
        }
        return Math.max(NONE, Arrays.binarySearch(ids, token));
    }
}
