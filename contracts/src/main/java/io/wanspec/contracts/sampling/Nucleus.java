package io.wanspec.contracts.sampling;

import io.wanspec.contracts.SamplingOptions;
import java.util.Arrays;

/**
 * The tokens that min-p, then top-k, then top-p keep, likeliest first (ties: lowest id first). The token that crosses p is kept.
 * Tokens whose scaled logit is more than {@value #SUPPORT_NATS} below the best count as impossible: they weigh less than
 * 1e-10 each.
 */
final class Nucleus {
    static final double SUPPORT_NATS = 24;

    private int[] ids = new int[0];
    private double[] weights = new double[0];
    private long[] order = new long[0];
    private double temperature = 1;

    int id(int index) {
        return ids[index];
    }

    /** Fills {@link #id} and returns how many tokens are kept, at least 1. */
    int select(float[] logits, int offset, int vocabulary, int top, SamplingOptions options) {
        reserve(vocabulary);
        temperature = options.temperature();
        float best = logits[offset + top];
        int support = collect(logits, offset, vocabulary, best, options.minP());
        int kept = options.topK() > 0 ? limitToTopK(logits, offset, support, options.topK()) : support;
        return options.topP() < 1 ? limitToTopP(logits, offset, kept, options.topP()) : kept;
    }

    private int collect(float[] logits, int offset, int vocabulary, float best, double minP) {
        double floor = Math.max(-SUPPORT_NATS, Math.log(minP));
        int count = 0;
        for (int i = 0; i < vocabulary; i++) {
            double below = (logits[offset + i] - best) / temperature;
            if (below >= floor) {
                ids[count] = i;
                weights[count++] = Math.exp(below);
            }
        }
        return count;
    }

    private int limitToTopK(float[] logits, int offset, int count, int topK) {
        if (topK >= count) {
            return count;
        }
        sort(logits, offset, count);
        return topK;
    }

    private int limitToTopP(float[] logits, int offset, int count, double topP) {
        double total = 0;
        for (int i = 0; i < count; i++) {
            total += weights[i];
        }
        // Tokens below this weight sum to less than (1 - p): the nucleus lies within the others, so only they are
        // sorted.
        double negligible = (1 - topP) * total / count / 2;
        int candidates = 0;
        for (int i = 0; i < count; i++) {
            if (weights[i] >= negligible) {
                ids[candidates] = ids[i];
                weights[candidates++] = weights[i];
            }
        }
        sort(logits, offset, candidates);
        double reached = 0;
        for (int i = 0; i < candidates; i++) {
            reached += weights[i];
            if (reached >= topP * total) {
                return i + 1;
            }
        }
        return candidates;
    }

    /** Sorts ids and weights by descending logit, then ascending id. */
    private void sort(float[] logits, int offset, int count) {
        for (int i = 0; i < count; i++) {
            order[i] = ((long) descending(logits[offset + ids[i]]) << 32) | ids[i];
        }
        Arrays.sort(order, 0, count);
        float best = logits[offset + (int) order[0]];
        for (int i = 0; i < count; i++) {
            ids[i] = (int) order[i];
        }
        reweigh(logits, offset, count, best);
    }

    private void reweigh(float[] logits, int offset, int count, float best) {
        double[] sorted = new double[count];
        for (int i = 0; i < count; i++) {
            sorted[i] = Math.exp((logits[offset + ids[i]] - best) / temperature);
        }
        System.arraycopy(sorted, 0, weights, 0, count);
    }

    private void reserve(int vocabulary) {
        if (ids.length < vocabulary) {
            ids = new int[vocabulary];
            weights = new double[vocabulary];
            order = new long[vocabulary];
        }
    }

    /** An int whose signed order is the descending order of finite floats. */
    private static int descending(float value) {
        int bits = Float.floatToIntBits(value + 0.0f);
        return bits >= 0 ? ~bits : bits & 0x7FFFFFFF;
    }
}
