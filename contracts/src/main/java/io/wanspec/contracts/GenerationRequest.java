package io.wanspec.contracts;

import java.util.List;
import java.util.OptionalInt;

/**
 * A request that has passed every check; what is downstream accepts only this type.
 *
 * @param prompt tokens, at least one
 * @param maxTokens most tokens to generate, at least 1; prompt and completion fit the target's context
 * @param stop strings that end the text, which does not contain them; at most {@link Limits#STOP_STRINGS_MAX}
 * @param logprobs of how many likeliest tokens the log-probabilities are wanted, 0 for those of the chosen ones alone
 * @param prediction what the text may be, in part or in whole: it makes drafts, and never changes the text
 */
public record GenerationRequest(
        SessionId session,
        Tokens prompt,
        SamplingOptions sampling,
        int maxTokens,
        List<String> stop,
        OptionalInt logprobs,
        Tokens prediction) {
    public GenerationRequest {
        stop = List.copyOf(stop);
        if (prompt.isEmpty()) {
            throw new IllegalArgumentException("a prompt has at least one token");
        }
        if (maxTokens < 1 || (long) prompt.size() + maxTokens > Limits.SEQUENCE_TOKENS_MAX) {
            throw new IllegalArgumentException("max_tokens must be at least 1 and fit the context, was " + maxTokens);
        }
        if (stop.size() > Limits.STOP_STRINGS_MAX || stop.stream().anyMatch(GenerationRequest::isBadStop)) {
            throw new IllegalArgumentException("stop takes at most " + Limits.STOP_STRINGS_MAX + " strings of 1 to "
                    + Limits.STOP_STRING_LENGTH_MAX + " characters");
        }
    }

    /** Whose log-probabilities nobody wants. */
    public GenerationRequest(
            SessionId session, Tokens prompt, SamplingOptions sampling, int maxTokens, List<String> stop) {
        this(session, prompt, sampling, maxTokens, stop, OptionalInt.empty(), Tokens.none());
    }

    /** The same with what the text may be. */
    public GenerationRequest predicting(Tokens text) {
        return new GenerationRequest(session, prompt, sampling, maxTokens, stop, logprobs, text);
    }

    /** Whether a target that knows neither rules nor log-probabilities would ignore some of it, as those before version 3 of the protocol do. */
    public boolean isRuled() {
        return sampling.rules() != null || logprobs.isPresent();
    }

    private static boolean isBadStop(String stop) {
        return stop.isEmpty() || stop.length() > Limits.STOP_STRING_LENGTH_MAX;
    }
}
