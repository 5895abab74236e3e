package io.wanspec.contracts.sampling;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Tokens;

/**
 * What a model thinks the next token of a seed-coupled text may be, the likeliest first.
 *
 * @param tokens 1 to {@link Limits#CANDIDATES_MAX}; the first is the model's own choice
 * @param surprisalsMilliNats of each token, minus the logarithm of the estimated probability that another model with the same
 *     noise chooses it, in thousandths of a nat; 0 to {@link #SURPRISAL_MILLI_NATS_MAX}, never decreasing
 */
public record Candidates(Tokens tokens, Ints surprisalsMilliNats) {
    /** What is less likely than e^-1000 counts as just that. */
    public static final int SURPRISAL_MILLI_NATS_MAX = 1_000_000;

    private static final double MILLI = 1_000;

    public Candidates {
        if (tokens.isEmpty() || tokens.size() > Limits.CANDIDATES_MAX) {
            throw new IllegalArgumentException(
                    "tokens must have 1 to " + Limits.CANDIDATES_MAX + " entries, has " + tokens.size());
        }
        if (surprisalsMilliNats.size() != tokens.size()) {
            throw new IllegalArgumentException("surprisalsMilliNats must have as many entries as tokens ("
                    + tokens.size() + "), has " + surprisalsMilliNats.size());
        }
        int least = 0;
        for (int i = 0; i < tokens.size(); i++) {
            int value = surprisalsMilliNats.get(i);
            if (value < least || value > SURPRISAL_MILLI_NATS_MAX) {
                throw new IllegalArgumentException("surprisalsMilliNats must rise from 0 to at most "
                        + SURPRISAL_MILLI_NATS_MAX + ", has " + value + " after " + least);
            }
            least = value;
        }
    }

    public int size() {
        return tokens.size();
    }

    /** The model's own choice. */
    public int first() {
        return tokens.get(0);
    }

    /** Where {@code token} stands in the list, from 0; {@link Limits#CANDIDATES_MAX} if it is not there. */
    public int rankOf(int token) {
        for (int i = 0; i < tokens.size(); i++) {
            if (tokens.get(i) == token) {
                return i;
            }
        }
        return Limits.CANDIDATES_MAX;
    }

    static int milliNats(double nats) {
        return Math.clamp(Math.round(nats * MILLI), 0, SURPRISAL_MILLI_NATS_MAX);
    }
}
