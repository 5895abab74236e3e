package io.wanspec.controller;

import io.wanspec.contracts.Limits;

/**
 * What one round may put to the target.
 *
 * @param tokensMax most draft tokens; 0 for plain decoding
 * @param tree whether alternatives go along; else only the likeliest chain
 * @param fixed wait for a full run before each round, as plain co-located speculation does
 */
public record VerifyShape(int tokensMax, boolean tree, boolean fixed) {
    public static final int CHAIN_TOKENS_DEFAULT = 8;

    public VerifyShape {
        if (tokensMax < 0 || tokensMax > Limits.RUN_TOKENS_MAX) {
            throw new IllegalArgumentException(
                    "a round takes 0 to " + Limits.RUN_TOKENS_MAX + " draft tokens, asked for " + tokensMax);
        }
    }

    public static VerifyShape plain() {
        return new VerifyShape(0, false, false);
    }

    public static VerifyShape chain(int tokensMax) {
        return new VerifyShape(tokensMax, false, false);
    }

    public static VerifyShape fixedRun(int tokens) {
        return new VerifyShape(tokens, false, true);
    }

    public static VerifyShape tree(int tokensMax) {
        return new VerifyShape(tokensMax, true, false);
    }
}
