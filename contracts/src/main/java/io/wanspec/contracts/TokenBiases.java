package io.wanspec.contracts;

import java.util.List;

/**
 * What is added to single tokens' logits.
 *
 * @param tokens each once
 * @param values of each token, -{@value #BIAS_MAX} to {@value #BIAS_MAX}; the least bans it
 */
public record TokenBiases(Tokens tokens, List<Double> values) {
    public static final double BIAS_MAX = 100;

    public TokenBiases {
        values = List.copyOf(values);
        Require.atMost("logit_bias", tokens.size(), Limits.BIASED_TOKENS_MAX);
        Require.sameSize("values", values.size(), "tokens", tokens.size());
        for (double value : values) {
            if (!(value >= -BIAS_MAX && value <= BIAS_MAX)) {
                throw new IllegalArgumentException(
                        "a logit's bias must be between -" + BIAS_MAX + " and " + BIAS_MAX + ", was " + value);
            }
        }
    }

    /** Whether the token at {@code index} must not be chosen. */
    public boolean bans(int index) {
        return values.get(index) == -BIAS_MAX;
    }
}
