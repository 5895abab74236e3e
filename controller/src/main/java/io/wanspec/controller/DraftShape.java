package io.wanspec.controller;

import io.wanspec.contracts.Limits;

/**
 * How remote workers draft.
 *
 * @param passNodes tokens that one draft pass forwards at most; 1 for a chain
 * @param candidates next tokens considered behind each
 * @param floorNats branches less likely than e to the minus this are not followed
 * @param window furthest that a worker may draft ahead of the committed prefix, in tokens
 */
public record DraftShape(int passNodes, int candidates, double floorNats, int window) {
    /** Enough for a round trip of 100 ms at 10 ms a token with a run to spare. */
    public static final int CHAIN_WINDOW_DEFAULT = 24;

    private static final double NATS_MAX = 1_000;

    public DraftShape {
        require(passNodes >= 1 && passNodes <= Limits.PASS_NODES_MAX, "nodes a pass", 1, Limits.PASS_NODES_MAX);
        require(candidates >= 1 && candidates <= Limits.CANDIDATES_MAX, "candidates", 1, Limits.CANDIDATES_MAX);
        require(floorNats >= 0 && floorNats <= NATS_MAX, "floor", 0, NATS_MAX);
        require(window >= 1 && window <= Limits.WINDOW_TOKENS_MAX, "window", 1, Limits.WINDOW_TOKENS_MAX);
    }

    /** One draft token behind the other. */
    public static DraftShape chain(int window) {
        return new DraftShape(1, 1, NATS_MAX, window);
    }

    public boolean isTree() {
        return passNodes > 1;
    }

    private static void require(boolean holds, String what, double least, double most) {
        if (!holds) {
            throw new IllegalArgumentException(what + " must be between " + least + " and " + most);
        }
    }
}
