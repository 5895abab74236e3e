package io.wanspec.drafting;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Tokens;

/**
 * What the draft model expects behind one prefix.
 *
 * @param entropyMilliNats of its distribution, in thousandths of a nat
 * @param candidates next tokens, the draft's own choice first
 * @param surprisalsMilliNats of each being the target's choice, in thousandths of a nat
 */
public record Outlook(int entropyMilliNats, Tokens candidates, Ints surprisalsMilliNats) {
    public Outlook {
        if (candidates.isEmpty() || candidates.size() != surprisalsMilliNats.size()) {
            throw new IllegalArgumentException("an outlook has at least one candidate and a surprisal for each");
        }
    }
}
