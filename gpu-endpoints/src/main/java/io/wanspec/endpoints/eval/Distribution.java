package io.wanspec.endpoints.eval;

import io.wanspec.endpoints.model.Pass;

/**
 * The softmax at temperature 1 of a row of logits. A view of them: it lasts until the next pass of the same model.
 *
 * @param from where the row begins
 * @param norm what is taken from a logit to have its logarithm of a probability
 * @param top the likeliest token, the lowest of equals
 */
@SuppressWarnings("ArrayRecordComponent") // a view of the engine's buffer, never compared
record Distribution(float[] logits, int from, int size, double norm, int top) {
    static Distribution of(Pass pass, int row) {
        int size = pass.vocabulary();
        int from = pass.offset(row);
        float[] logits = pass.logits();
        int top = 0;
        for (int token = 1; token < size; token++) {
            top = logits[from + token] > logits[from + top] ? token : top;
        }
        double largest = logits[from + top];
        double sum = 0;
        for (int token = 0; token < size; token++) {
            sum += Math.exp(logits[from + token] - largest);
        }
        return new Distribution(logits, from, size, largest + Math.log(sum), top);
    }

    double log(int token) {
        return logits[from + token] - norm;
    }

    /** Kullback-Leibler divergence of {@code other} from this, in nats: the sum of {@code p (log p - log q)}. */
    double divergence(Distribution other) {
        double sum = 0;
        for (int token = 0; token < size; token++) {
            double log = log(token);
            sum += Math.exp(log) * (log - other.log(token));
        }
        return sum;
    }
}
