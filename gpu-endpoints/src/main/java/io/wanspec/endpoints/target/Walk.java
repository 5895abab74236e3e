package io.wanspec.endpoints.target;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * The outcome of one verification: the target's own choices, as far as they follow from each other.
 *
 * @param path the nodes that agree with them, one behind the other
 * @param tokens the choices: those of the path and one more, unless the sequence ends before
 * @param ended whether the last one ends the sequence
 */
public record Walk(Ints path, Tokens tokens, boolean ended) {
    /**
     * Walks down the tree while it agrees with the target.
     *
     * @param choice the target's token behind a node, or behind the prefix for {@link TokenTree#PREFIX}
     * @param endsSequence whether a token ends the sequence
     */
    public static Walk along(TokenTree drafts, IntUnaryOperator choice, IntPredicate endsSequence) {
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
                return new Walk(Ints.of(path, agrees ? i + 1 : i), Tokens.of(tokens, i + 1), ends);
            }
        }
    }

    /** How many drafts agree with the target. */
    public int accepted() {
        return path.size();
    }
}
