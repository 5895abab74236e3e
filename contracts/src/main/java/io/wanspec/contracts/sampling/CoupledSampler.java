package io.wanspec.contracts.sampling;

import io.wanspec.contracts.SamplingOptions;

/**
 * Seed-coupled sampling: the token at position t is {@code argmax_i(logit_i / T + G(seed, t, i))} over the tokens that
 * top-k and top-p keep, ties going to the lowest id; at temperature 0 it is the plain argmax.
 *
 * <p>Source: Daliri, Musco, Suresh, "Coupling without communication and drafter-invariant speculative decoding",
 * arXiv 2408.07978. A draft that follows the same rule with its own logits guesses the target's token whenever the two
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
