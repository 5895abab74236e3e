package io.wanspec.contracts;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.wanspec.contracts.grammar.Grammar;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of single tokens, beyond temperature and nucleus. All of it depends on the tokens before a position alone, so that the
 * target and every draft come to the same. Carried out in this order: {@code biases}, repetition, frequency and presence, bans; then temperature,
 * {@code minP}, top-k, top-p.
 *
 * <p>Source of the meanings: OpenAI's API where it has them, else vLLM's.
 *
 * @param promptTokens how many tokens precede the text: they count for the repetition penalty alone
 * @param frequencyPenalty -2 to 2, taken from a token's logit for each time that the text has it
 * @param presencePenalty -2 to 2, taken from a token's logit if the text has it
 * @param repetitionPenalty above 0 to {@value #REPETITION_PENALTY_MAX}; logits of tokens that prompt or text have are divided by it if they are
 *     positive, and multiplied if not
 * @param biases added to logits
 * @param minP 0 to 1: tokens less likely than this share of the likeliest are not chosen
 * @param minTokens so many tokens are made before one that ends the text may be
 * @param ignoresEnd whether a token that ends the model's sequences ends nothing here
 * @param stopTokens end the text as well
 * @param showsStop whether the stop string, or the stop token's text, that ends the text belongs to it
 * @param grammar what the text may be, if that is said: it is chosen among what the grammar allows, whatever else bans it
 */
public record SamplingRules(
        int promptTokens,
        double frequencyPenalty,
        double presencePenalty,
        double repetitionPenalty,
        TokenBiases biases,
        double minP,
        int minTokens,
        boolean ignoresEnd,
        Tokens stopTokens,
        boolean showsStop,

        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Grammar grammar) {
    public static final double PENALTY_MAX = 2;
    public static final double REPETITION_PENALTY_MAX = 10;

    public SamplingRules {
        Require.atLeastOne("promptTokens", promptTokens);
        Require.atMost("promptTokens", promptTokens, Limits.SEQUENCE_TOKENS_MAX);
        within("frequency_penalty", frequencyPenalty, -PENALTY_MAX, PENALTY_MAX);
        within("presence_penalty", presencePenalty, -PENALTY_MAX, PENALTY_MAX);
        within("repetition_penalty", repetitionPenalty, Double.MIN_NORMAL, REPETITION_PENALTY_MAX);
        within("min_p", minP, 0, 1);
        Require.notNegative("min_tokens", minTokens);
        Require.atMost("min_tokens", minTokens, Limits.SEQUENCE_TOKENS_MAX);
        Require.atMost("stop_token_ids", stopTokens.size(), Limits.STOP_TOKENS_MAX);
        if (grammar != null && ignoresEnd) {
            throw new IllegalArgumentException("ignore_eos must be false where a grammar says when a text ends");
        }
    }

    /** Of a text that may be any. */
    public SamplingRules(
            int promptTokens,
            double frequencyPenalty,
            double presencePenalty,
            double repetitionPenalty,
            TokenBiases biases,
            double minP,
            int minTokens,
            boolean ignoresEnd,
            Tokens stopTokens,
            boolean showsStop) {
        this(
                promptTokens,
                frequencyPenalty,
                presencePenalty,
                repetitionPenalty,
                biases,
                minP,
                minTokens,
                ignoresEnd,
                stopTokens,
                showsStop,
                null);
    }

    /** Nothing but where the text begins. */
    public static SamplingRules none(int promptTokens) {
        return new SamplingRules(
                promptTokens, 0, 0, 1, new TokenBiases(Tokens.none(), List.of()), 0, 0, false, Tokens.none(), false);
    }

    /** The same behind another prompt. */
    public SamplingRules behind(int tokens) {
        return with(tokens, grammar);
    }

    /** The same for a text of this grammar. */
    public SamplingRules on(@Nullable Grammar other) {
        return with(promptTokens, other);
    }

    private SamplingRules with(int tokens, @Nullable Grammar other) {
        return new SamplingRules(
                tokens,
                frequencyPenalty,
                presencePenalty,
                repetitionPenalty,
                biases,
                minP,
                minTokens,
                ignoresEnd,
                stopTokens,
                showsStop,
                other);
    }

    /** Whether all of it is as if nothing was said. */
    public boolean saysNothing() {
        return equals(none(promptTokens));
    }

    /** Whether tokens before a position change what is chosen there. */
    public boolean readsText() {
        return repetitionPenalty != 1 || frequencyPenalty != 0 || presencePenalty != 0;
    }

    /** Whether {@code token} ends the text by itself. */
    public boolean stopsAt(int token) {
        return stopTokens.contains(token);
    }

    /** Whether the token for {@code position} may end the text. */
    public boolean mayEndAt(long position) {
        return position - promptTokens >= minTokens;
    }

    private static void within(String field, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(field + " must be between " + least + " and " + most + ", was " + value);
        }
    }
}
