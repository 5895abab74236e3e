package io.wanspec.simulator.trace;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Require;
import io.wanspec.contracts.sampling.Candidates;
import java.util.List;

/**
 * One request: for each token that the target wrote, what the draft expected there, given the target's own text before it.
 *
 * @param prompt which prompt it was, from 0
 * @param temperature 0 to 2
 * @param seed of the noise that both models shared
 * @param entropies of the draft's distributions, in thousandths of a nat; 1 to {@value #TOKENS_MAX} of them, as of the others
 * @param ranks where the target's token stood among the draft's candidates: 0 = first, so accepted; {@link #BEYOND} = not there
 * @param surprisals of the draft's best candidates, best first, in thousandths of a nat; 1 to {@link Limits#CANDIDATES_MAX} a
 *     token
 */
public record TraceRequest(
        int prompt, double temperature, long seed, Ints entropies, Ints ranks, List<Ints> surprisals) {
    public static final int TOKENS_MAX = 16_384;

    /** The rank of a token that is not among the draft's candidates. */
    public static final int BEYOND = Limits.CANDIDATES_MAX;

    private static final int PROMPT_MAX = 1_000_000;
    private static final int ENTROPY_MAX = 1_000_000;

    public TraceRequest {
        surprisals = List.copyOf(surprisals);
        Require.within("prompt", prompt, 0, PROMPT_MAX);
        TraceHeader.requireTemperature("temperature", temperature);
        Require.within("the number of ranks", ranks.size(), 1, TOKENS_MAX);
        Require.sameSize("entropies", entropies.size(), "ranks", ranks.size());
        Require.sameSize("surprisals", surprisals.size(), "ranks", ranks.size());
        for (int i = 0; i < ranks.size(); i++) {
            Require.within("ranks", i, ranks.get(i), 0, BEYOND);
            Require.within("entropies", i, entropies.get(i), 0, ENTROPY_MAX);
            checkSurprisals(i, surprisals.get(i));
        }
    }

    /** How many tokens the target wrote. */
    public int tokens() {
        return ranks.size();
    }

    private static void checkSurprisals(int index, Ints values) {
        if (values.isEmpty() || values.size() > Limits.CANDIDATES_MAX) {
            throw new IllegalArgumentException("surprisals[" + index + "] must have 1 to " + Limits.CANDIDATES_MAX
                    + " entries, has " + values.size());
        }
        int least = 0;
        for (int i = 0; i < values.size(); i++) {
            Require.within("surprisals[" + index + "]", i, values.get(i), least, Candidates.SURPRISAL_MILLI_NATS_MAX);
            least = values.get(i);
        }
    }
}
