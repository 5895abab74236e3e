package io.wanspec.contracts.sampling;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.SamplingOptions;

/**
 * Seed-coupled sampling: the token at position t is {@code argmax_i(logit_i / T + G(seed, t, i))} over the tokens that
 * top-k and top-p keep, ties going to the lowest id; at temperature 0 it is the plain argmax.
 *
 * <p>Source: Daliri, Musco, Suresh, "Coupling without communication and drafter-invariant speculative decoding",
 * arXiv 2408.07978. A draft that follows the same rule with its own logits drafts the target's token whenever the two
 * distributions are close, and no probability has to cross the network.
 *
 * <p>Not thread-safe: each thread keeps its own instance.
 */
public final class CoupledSampler {
    private final Nucleus nucleus = new Nucleus();

    /**
     * @param logits of one position, {@code [vocabulary]} values from {@code offset}, none of them NaN
     * @param position absolute position of the token to choose, the prompt counted
     * @return the token's id
     */
    public int sample(float[] logits, int offset, int vocabulary, SamplingOptions options, long position) {
        return sample(logits, offset, vocabulary, Proposals.all(), options, position);
    }

    /**
     * @param logits of one position, {@code [columns]} values from {@code offset}, none of them NaN
     * @param proposals the token of each column
     * @param position absolute position of the token to choose, the prompt counted
     * @return the token's id
     */
    public int sample(
            float[] logits, int offset, int columns, Proposals proposals, SamplingOptions options, long position) {
        int top = argmax(logits, offset, columns);
        if (options.isGreedy()) {
            return proposals.token(top);
        }
        long key = Noise.key(options.seed(), position);
        PerturbedMax max = new PerturbedMax(key, options.temperature());
        max.offer(logits[offset + top], proposals.token(top));
        if (options.keepsAll()) {
            for (int i = 0; i < columns; i++) {
                max.offer(logits[offset + i], proposals.token(i));
            }
        } else {
            int kept = nucleus.select(logits, offset, columns, top, options);
            for (int i = 0; i < kept; i++) {
                int column = nucleus.id(i);
                max.offer(logits[offset + column], proposals.token(column));
            }
        }
        return max.token();
    }

    /** As the general form, for a model that scores every token. */
    public Candidates candidates(
            float[] logits, int offset, int vocabulary, SamplingOptions options, long position, int count) {
        return candidates(logits, offset, vocabulary, Proposals.all(), options, position, count);
    }

    /**
     * The best next tokens by the perturbed score that {@link #sample} maximises, the best first, ties to the lowest id: the
     * first is what {@code sample} returns. Each comes with its surprisal under the softmax of all those scores (of the logits
     * themselves at temperature 0), as far as top-k and top-p keep their tokens. That softmax stands for the chance that the
     * target, which has the same noise and similar logits, chooses the token; if the model leaves tokens out, it
     * knows nothing of their chances.
     *
     * @param logits of one position, {@code [columns]} finite values from {@code offset}
     * @param proposals the token of each column
     * @param position absolute position of the token to choose, the prompt counted
     * @param count how many, 1 to {@link Limits#CANDIDATES_MAX}; fewer come back if fewer are kept
     */
    public Candidates candidates(
            float[] logits,
            int offset,
            int columns,
            Proposals proposals,
            SamplingOptions options,
            long position,
            int count) {
        if (count < 1 || count > Limits.CANDIDATES_MAX) {
            throw new IllegalArgumentException(
                    "count must be between 1 and " + Limits.CANDIDATES_MAX + ", was " + count);
        }
        int top = argmax(logits, offset, columns);
        return options.isGreedy()
                ? greedy(logits, offset, columns, proposals, top, count)
                : perturbed(logits, offset, columns, proposals, top, options, position, count);
    }

    private static Candidates greedy(float[] logits, int offset, int columns, Proposals proposals, int top, int count) {
        float best = logits[offset + top];
        CandidateScores scores = new CandidateScores(count, best, best);
        for (int i = 0; i < columns; i++) {
            scores.offer(logits[offset + i], proposals.token(i));
        }
        return scores.candidates();
    }

    private Candidates perturbed(
            float[] logits,
            int offset,
            int columns,
            Proposals proposals,
            int top,
            SamplingOptions options,
            long position,
            int count) {
        double temperature = options.temperature();
        long key = Noise.key(options.seed(), position);
        double reference = logits[offset + top] / temperature;
        double first = reference + Noise.gumbel(Noise.bits(key, proposals.token(top)));
        CandidateScores scores = new CandidateScores(count, reference, first);
        boolean all = options.keepsAll();
        int kept = all ? columns : nucleus.select(logits, offset, columns, top, options);
        for (int i = 0; i < kept; i++) {
            int index = all ? i : nucleus.id(i);
            scores.offerPerturbed(logits[offset + index] / temperature, key, proposals.token(index));
        }
        return scores.candidates();
    }

    private static int argmax(float[] logits, int offset, int vocabulary) {
        float best = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < vocabulary; i++) {
            best = Math.max(best, logits[offset + i]);
        }
        for (int i = 0; i < vocabulary; i++) {
            if (logits[offset + i] == best) {
                return i;
            }
        }
        throw new IllegalArgumentException("logits contain NaN");
    }
}
