package io.wanspec.functions.http;

import io.wanspec.contracts.Limits;
import java.util.OptionalInt;

/** How many log-probabilities a request may ask for: those of all its texts are held in memory until they have been sent. */
final class LogprobsBound {
    private LogprobsBound() {}

    /**
     * @param promptTokens 0 as long as they are not known
     * @throws ApiException if its texts may have too many, with their prompts where those are echoed
     */
    static void check(CompletionRequest request, int promptTokens, int maxTokens) {
        int echoed = request.choices().echo() ? promptTokens : 0;
        requireEchoed(request.logprobs().isPresent(), echoed);
        check(request.api(), request.logprobsMade(), request.choices().count(), echoed + maxTokens);
    }

    private static void requireEchoed(boolean told, int tokens) {
        if (told && tokens > Limits.ECHOED_LOGPROBS_TOKENS_MAX) {
            throw ApiException.invalid(
                    "echo",
                    "With 'echo' and 'logprobs' the prompt has at most " + Limits.ECHOED_LOGPROBS_TOKENS_MAX
                            + " tokens, but it has " + tokens + ". Shorten it, or leave one of them out.");
        }
    }

    /** @param tokens of each text at most, with those of an echoed prompt */
    static void check(Api api, OptionalInt logprobs, int texts, int tokens) {
        if (logprobs.isEmpty()) {
            return;
        }
        int each = 1 + logprobs.getAsInt();
        long all = (long) texts * tokens * each;
        if (all > Limits.LOGPROBS_OF_REQUEST_MAX) {
            String field = field(api, each);
            throw ApiException.invalid(
                    field,
                    "The request asks for up to " + all + " log-probabilities: " + each + " for each of " + tokens
                            + " tokens of " + texts + (texts == 1 ? " text" : " texts") + "; at most "
                            + Limits.LOGPROBS_OF_REQUEST_MAX + " are served. Lower '" + field + "' or '"
                            + (api == Api.RESPONSES ? "max_output_tokens" : "max_tokens")
                            + "', or ask for fewer texts.");
        }
    }

    private static String field(Api api, int each) {
        return switch (api) {
            case TEXT -> "logprobs";
            case CHAT -> each > 1 ? "top_logprobs" : "logprobs";
            case RESPONSES -> "top_logprobs";
        };
    }
}
