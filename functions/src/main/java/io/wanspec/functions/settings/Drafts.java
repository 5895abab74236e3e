package io.wanspec.functions.settings;

import io.wanspec.contracts.Limits;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.DraftShape;
import io.wanspec.controller.VerifyShape;

/**
 * How drafts are made and put to the target.
 *
 * @param runLength most draft tokens in one round, on all branches
 * @param window how far remote workers may run ahead, in tokens
 * @param passNodes tokens that one pass of a remote draft forwards at most; 1 for a chain
 * @param candidates next tokens considered behind each of them; 1 for a chain
 */
public record Drafts(DraftKind kind, int runLength, int window, int passNodes, int candidates) {
    /** Branches less likely than one in four hundred are not followed. */
    private static final double TREE_FLOOR_NATS = 6;

    private static final double TREE_WAIT_WORTH = 1.2;

    public Drafts {
        require("run length", runLength, 1, Limits.RUN_TOKENS_MAX);
        require("window", window, 1, Limits.WINDOW_TOKENS_MAX);
        boolean tree = kind == DraftKind.TREE;
        require("pass nodes", passNodes, 1, tree ? Limits.PASS_NODES_MAX : 1);
        require("candidates", candidates, 1, tree ? Limits.CANDIDATES_MAX : 1);
    }

    public static Drafts chain(int runLength, int window) {
        return new Drafts(DraftKind.CHAIN, runLength, window, 1, 1);
    }

    public DraftShape draftShape() {
        return kind == DraftKind.TREE
                ? new DraftShape(passNodes, candidates, TREE_FLOOR_NATS, 0, window)
                : DraftShape.chain(window);
    }

    public VerifyShape verifyShape() {
        return kind == DraftKind.TREE ? VerifyShape.tree(runLength) : VerifyShape.chain(runLength);
    }

    public double waitWorth() {
        return kind == DraftKind.TREE ? TREE_WAIT_WORTH : ControllerSettings.CHAIN_WAIT_WORTH;
    }

    private static void require(String what, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be between " + least + " and " + most + ", was " + value);
        }
    }
}
