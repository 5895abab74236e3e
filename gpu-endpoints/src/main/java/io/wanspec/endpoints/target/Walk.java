package io.wanspec.endpoints.target;

import io.wanspec.contracts.Tokens;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;

/**
 * The outcome of one verification: the target's own choices, as far as they follow from each other.
 *
 * @param accepted how many drafts agree with them
 * @param tokens the choices: the accepted drafts and one more, unless the sequence ends before
 * @param ended whether the last one ends the sequence
 */
public record Walk(int accepted, Tokens tokens, boolean ended) {
    /**
     * Walks along the run while it agrees with the target.
     *
     * @param choice the target's token behind the first i drafts, for i from 0 to {@code drafts.size()}
     * @param endsSequence whether a token ends the sequence
     */
    public static Walk along(Tokens drafts, IntUnaryOperator choice, IntPredicate endsSequence) {
        int[] chosen = new int[drafts.size() + 1];
        for (int i = 0; ; i++) {
            int token = choice.applyAsInt(i);
            chosen[i] = token;
            boolean agrees = i < drafts.size() && drafts.get(i) == token;
            boolean ends = endsSequence.test(token);
            if (!agrees || ends) {
                return new Walk(agrees ? i + 1 : i, Tokens.of(chosen).slice(0, i + 1), ends);
            }
        }
    }
}
