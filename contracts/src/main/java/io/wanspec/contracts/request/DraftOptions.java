package io.wanspec.contracts.request;

import io.wanspec.contracts.Limits;
import java.util.OptionalInt;

/**
 * How drafts are made and put to the target. What is absent is as the goal, or plain chains, would have it.
 *
 * @param runLength most draft tokens in one round, on all branches
 * @param window how far remote workers may run ahead, in tokens
 * @param passNodes of trees: tokens that one pass of a remote draft forwards at most
 * @param candidates of trees: next tokens considered behind each of them
 */
public record DraftOptions(
        DraftKind kind, OptionalInt runLength, OptionalInt window, OptionalInt passNodes, OptionalInt candidates) {
    public DraftOptions {
        require("run length", runLength, Limits.RUN_TOKENS_MAX);
        require("window", window, Limits.WINDOW_TOKENS_MAX);
        require("pass nodes", passNodes, Limits.PASS_NODES_MAX);
        require("candidates", candidates, Limits.CANDIDATES_MAX);
        if (kind == DraftKind.CHAIN && (passNodes.isPresent() || candidates.isPresent())) {
            throw new IllegalArgumentException("pass nodes and candidates are for drafts that are trees");
        }
    }

    /** Drafts of this kind, and nothing else said. */
    public static DraftOptions of(DraftKind kind) {
        return new DraftOptions(
                kind, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty(), OptionalInt.empty());
    }

    /** The same with this run length, or with none. */
    public DraftOptions withRunLength(OptionalInt otherRunLength) {
        return new DraftOptions(kind, otherRunLength, window, passNodes, candidates);
    }

    private static void require(String what, OptionalInt value, int most) {
        if (value.isPresent() && (value.getAsInt() < 1 || value.getAsInt() > most)) {
            throw new IllegalArgumentException(what + " must be between 1 and " + most + ", was " + value.getAsInt());
        }
    }
}
