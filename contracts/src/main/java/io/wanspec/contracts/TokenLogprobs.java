package io.wanspec.contracts;

import java.util.List;

/**
 * What the target made of the tokens for one position: the logarithms of their probabilities by its raw logits, before temperature, penalties, biases
 * and bans.
 *
 * @param tokens the chosen one, then the likeliest, ties by id; the chosen one may be among those as well
 * @param logprobs of each token, natural
 * @param texts of each token the bytes, a character each
 */
public record TokenLogprobs(Tokens tokens, List<Float> logprobs, List<String> texts) {
    public TokenLogprobs {
        logprobs = List.copyOf(logprobs);
        texts = List.copyOf(texts);
        Require.within("tokens", tokens.size(), 1, Limits.LOGPROBS_MAX + 1);
        Require.sameSize("logprobs", logprobs.size(), "tokens", tokens.size());
        Require.sameSize("texts", texts.size(), "tokens", tokens.size());
    }
}
