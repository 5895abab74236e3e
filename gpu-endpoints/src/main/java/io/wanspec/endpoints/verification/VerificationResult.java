package io.wanspec.endpoints.verification;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * What a target pass says of a tree of draft tokens: they are accepted as far as the target itself would have chosen them, and
 * one token of the target follows (the bonus if a whole path was accepted, else the correction).
 *
 * @param path the accepted nodes, each the parent of the next
 * @param tokens to be committed: the accepted ones and the target's own, unless the sequence ends before
 * @param ended whether the last of them ends the sequence
 */
public record VerificationResult(Ints path, Tokens tokens, boolean ended) {
    /**
     * Goes down the tree while it agrees with the target.
     *
     * @param choice the target's token behind a node, or behind the prefix for {@link TokenTree#PREFIX}
     * @param endsSequence whether a token ends the sequence
     */
    public static VerificationResult of(TokenTree drafts, IntUnaryOperator choice, IntPredicate endsSequence) {
        int[] path = new int[drafts.size()];
        int[] tokens = new int[drafts.size() + 1];
        int node = TokenTree.PREFIX;
        for (int i = 0; ; i++) {
            tokens[i] = choice.applyAsInt(node);
            boolean ends = endsSequence.test(tokens[i]);
            node = drafts.childOf(node, tokens[i]);
            boolean agrees = node >= 0;
            if (agrees) {
                path[i] = node;
            }
            if (!agrees || ends) {
                return new VerificationResult(Ints.of(path, agrees ? i + 1 : i), Tokens.of(tokens, i + 1), ends);
            }
        }
    }

    /** How many draft tokens are accepted. */
    public int accepted() {
        return path.size();
    }
}
