package io.wanspec.contracts.ledger;

import io.wanspec.contracts.Require;

/**
 * What usage says of a request's tokens beside how many they are.
 *
 * @param cachedTokens of the prompt, that the target had in its cache when it was asked first, so that no pass was needed for them
 * @param acceptedPredictionTokens of the request's prediction, that were draft tokens and accepted
 * @param rejectedPredictionTokens of the request's prediction, that were draft tokens in vain
 */
public record TokenDetails(int cachedTokens, int acceptedPredictionTokens, int rejectedPredictionTokens) {
    private static final TokenDetails NONE = new TokenDetails(0, 0, 0);

    public TokenDetails {
        Require.notNegative("cachedTokens", cachedTokens);
        Require.notNegative("acceptedPredictionTokens", acceptedPredictionTokens);
        Require.notNegative("rejectedPredictionTokens", rejectedPredictionTokens);
    }

    public static TokenDetails none() {
        return NONE;
    }
}
