package io.wanspec.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How a token is chosen from the target's logits.
 *
 * @param temperature 0 (greedy) to 2
 * @param topK keep the k likeliest tokens; 0 keeps all
 * @param topP keep the likeliest tokens whose probability reaches p; above 0, at most 1
 * @param seed keys the noise; with the model and the prompt it determines the text
 * @param rules what else there is, if anything: since version 3 of the protocol
 */
public record SamplingOptions(
        double temperature,
        int topK,
        double topP,
        long seed,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SamplingRules rules) {
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

    /** By temperature and nucleus alone. */
    public SamplingOptions(double temperature, int topK, double topP, long seed) {
        this(temperature, topK, topP, seed, null);
    }

    public static SamplingOptions greedy() {
        return new SamplingOptions(0, 0, 1, 0);
    }

    /** The same for a peer that knows no rules. */
    public SamplingOptions withoutRules() {
        return rules == null ? this : new SamplingOptions(temperature, topK, topP, seed);
    }

    /** Both say where the text begins: what names a prompt beside these options has one of as many tokens as the rules say. */
    public void requirePrompt(int tokens) {
        if (rules != null && rules.promptTokens() != tokens) {
            throw new IllegalArgumentException("promptTokens of sampling's rules must be those of the prompt, " + tokens
                    + ", were " + rules.promptTokens());
        }
    }

    public boolean isGreedy() {
        return temperature == 0;
    }

    /** Whether every token of the vocabulary may be chosen. */
    public boolean keepsAll() {
        return topK == 0 && topP == 1 && minP() == 0;
    }

    /** The share of the likeliest token's probability below which tokens are not chosen; 0 keeps all. */
    public double minP() {
        return rules == null ? 0 : rules.minP();
    }
}
