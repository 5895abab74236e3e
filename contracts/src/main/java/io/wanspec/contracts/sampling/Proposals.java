package io.wanspec.contracts.sampling;

import org.jspecify.annotations.Nullable;

/**
 * Which tokens a model's logits are about. A draft may leave rare tokens out; their noise is not drawn, and that of the
 * others is keyed by the token's id in the common vocabulary, so that draft and target stay coupled.
 */
public final class Proposals {
    private static final Proposals ALL = new Proposals(null);

    private final int @Nullable [] ids;

    private Proposals(int @Nullable [] ids) {
        this.ids = ids;
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
        return new Proposals(ids.clone());
    }

    /** The token id of a column of the logits. */
    public int token(int column) {
        return ids == null ? column : ids[column];
    }
}
