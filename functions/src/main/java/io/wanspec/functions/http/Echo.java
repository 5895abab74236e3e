package io.wanspec.functions.http;

import io.wanspec.contracts.TokenLogprobs;
import java.util.List;

/**
 * What a text begins with where its prompt is echoed.
 *
 * @param tokens of the prompt, where log-probabilities are asked for: of each the bytes, a character each
 * @param told how likely they are, of each but the first, which follows nothing
 */
record Echo(String text, List<String> tokens, List<TokenLogprobs> told) {
    private static final Echo NONE = new Echo("", List.of(), List.of());

    Echo {
        tokens = List.copyOf(tokens);
        told = List.copyOf(told);
    }

    static Echo none() {
        return NONE;
    }

    boolean isTold() {
        return !tokens.isEmpty();
    }
}
