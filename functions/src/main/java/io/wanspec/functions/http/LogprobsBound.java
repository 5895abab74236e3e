package io.wanspec.functions.http;

import io.wanspec.contracts.Limits;
import java.util.OptionalInt;

/** How many log-probabilities a request may ask for: those of all its texts are held in memory until they have been sent. */
final class LogprobsBound {
    private LogprobsBound() {}

    /** @throws ApiException if its texts may have too many */
    static void check(CompletionRequest request, int maxTokens) {
        check(request.api(), request.logprobs(), request.choices().count(), maxTokens);
    }

    static void check(Api api, OptionalInt logprobs, int texts, int maxTokens) {
        if (logprobs.isEmpty()) {
            return;
        }
        int each = 1 + logprobs.getAsInt();
        long all = (long) texts * maxTokens * each;
        if (all > Limits.LOGPROBS_OF_REQUEST_MAX) {
            String field = api == Api.CHAT && each > 1 ? "top_logprobs" : "logprobs";
            throw ApiException.invalid(
                    field,
                    "The request asks for up to " + all + " log-probabilities: " + each + " for each of " + maxTokens
                            + " tokens of " + texts + (texts == 1 ? " text" : " texts") + "; at most "
                            + Limits.LOGPROBS_OF_REQUEST_MAX + " are served. Lower '" + field
                            + "' or 'max_tokens', or ask for fewer texts.");
        }
    }
}
