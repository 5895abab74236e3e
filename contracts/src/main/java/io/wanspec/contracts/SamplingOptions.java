package io.wanspec.contracts;

/**
 * How a token is chosen from the target's logits.
 *
 * @param temperature 0 (greedy) to 2
 * @param topK keep the k likeliest tokens; 0 keeps all
 * @param topP keep the likeliest tokens whose probability reaches p; above 0, at most 1
 * @param seed keys the noise; with the model and the prompt it determines the text
 */
public record SamplingOptions(double temperature, int topK, double topP, long seed) {
    public static final double TEMPERATURE_MAX = 2.0;

    public SamplingOptions {
        if (!(temperature >= 0 && temperature <= TEMPERATURE_MAX)) {
            throw new IllegalArgumentException("temperature must be between 0 and 2, was " + temperature);
        }
        if (topK < 0) {
            throw new IllegalArgumentException("top_k must be at least 0, was " + topK);
        }
        if (!(topP > 0 && topP <= 1)) {
            throw new IllegalArgumentException("top_p must be above 0 and at most 1, was " + topP);
        }
    }

    public static SamplingOptions greedy() {
        return new SamplingOptions(0, 0, 1, 0);
    }

    public boolean isGreedy() {
        return temperature == 0;
    }

    /** Whether every token of the vocabulary may be chosen. */
    public boolean keepsAll() {
        return topK == 0 && topP == 1;
    }
}
