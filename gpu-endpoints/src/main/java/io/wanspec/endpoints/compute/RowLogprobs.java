package io.wanspec.endpoints.compute;

import io.wanspec.contracts.TokenLogprobs;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.TextCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * Log-softmax of a row of raw logits. Sums go over the vocabulary in order and in 64 bits, so that rows of the same bits have log-probabilities of the
 * same bits.
 */
final class RowLogprobs {
    private final float[] logits;
    private final int offset;
    private final int vocabulary;
    private final double normaliser;

    /** @param logits {@code vocabulary} values from {@code offset} */
    RowLogprobs(float[] logits, int offset, int vocabulary) {
        this.logits = logits;
        this.offset = offset;
        this.vocabulary = vocabulary;
        float top = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < vocabulary; i++) {
            top = Math.max(top, logits[offset + i]);
        }
        double sum = 0;
        for (int i = 0; i < vocabulary; i++) {
            sum += Math.exp((double) logits[offset + i] - top);
        }
        normaliser = top + Math.log(sum);
    }

    float of(int token) {
        return (float) (logits[offset + token] - normaliser);
    }

    /** The likeliest tokens, ties by id. */
    int[] likeliest(int count) {
        int[] best = new int[Math.min(count, vocabulary)];
        int size = 0;
        for (int token = 0; token < vocabulary; token++) {
            if (size == best.length && (size == 0 || logits[offset + token] <= logits[offset + best[size - 1]])) {
                continue;
            }
            int at = size < best.length ? size++ : size - 1;
            while (at > 0 && logits[offset + token] > logits[offset + best[at - 1]]) {
                best[at] = best[at - 1];
                at--;
            }
            best[at] = token;
        }
        return best;
    }

    TokenLogprobs told(int chosen, int count, TextCodec text) {
        Tokens tokens = Tokens.of(chosen).plus(Tokens.of(likeliest(count)));
        List<Float> values = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            values.add(of(tokens.get(i)));
        }
        return new TokenLogprobs(tokens, values, Engine.texts(tokens, text));
    }
}
