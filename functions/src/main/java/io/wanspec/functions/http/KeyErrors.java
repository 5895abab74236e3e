package io.wanspec.functions.http;

import io.micronaut.http.MutableHttpResponse;
import io.wanspec.functions.access.KeyVerdict;
import io.wanspec.functions.access.Scope;
import io.wanspec.functions.access.budget.LimitHit;

/** What callers are told who may not, or not now. Never a part of what they sent. */
final class KeyErrors {
    private static final long DAY_MS_MIN = 120_000;
    private static final int MILLIS = 1_000;

    private KeyErrors() {}

    /** A key that is unknown, revoked or expired gets one answer: who tries keys shall not learn which have been ones. */
    static MutableHttpResponse<byte[]> unknown(KeyVerdict.Reason reason) {
        String message = switch (reason) {
            case MISSING ->
                "You didn't provide an API key. Send one in the header 'Authorization: Bearer YOUR_KEY'; whoever runs this"
                        + " server makes keys with './wanspec key create'.";
            case MALFORMED ->
                "Incorrect API key provided: it is not whole. A key begins with 'wsk_' and has 66 characters; copy it again.";
            case UNKNOWN, REVOKED, EXPIRED ->
                "Incorrect API key provided: it is not known here, or not any more. Ask whoever runs this server for another.";
        };
        return Errors.response(ApiException.unauthorized(message)).header("www-authenticate", "Bearer");
    }

    static MutableHttpResponse<byte[]> forbidden(Scope lacking) {
        return Errors.response(ApiException.forbidden(
                "insufficient_scope",
                "This key lacks the scope '" + lacking.word() + "', which this request needs. Use a key that has it."));
    }

    static MutableHttpResponse<byte[]> undecided(String why) {
        return Errors.response(
                ApiException.unavailable("access_unavailable", "Keys cannot be checked now: " + why + "."));
    }

    /** Whether another try can help stands in {@code x-should-retry}, which OpenAI's clients heed. */
    static MutableHttpResponse<byte[]> limited(LimitHit hit) {
        boolean quota = hit.kind() == LimitHit.Kind.TOKENS_PER_DAY;
        MutableHttpResponse<byte[]> response = Errors.response(ApiException.limited(
                quota ? "insufficient_quota" : "rate_limit_error",
                quota ? "insufficient_quota" : "rate_limit_exceeded",
                sentence(hit)));
        if (hit.isHopeless()) {
            return response.header("x-should-retry", "false");
        }
        response.header("retry-after", String.valueOf(Math.max(1, Math.ceilDiv(hit.retryAfterMs(), MILLIS))));
        return response.header("x-should-retry", String.valueOf(hit.retryAfterMs() <= DAY_MS_MIN));
    }

    private static String sentence(LimitHit hit) {
        String limit = "This key allows " + hit.limit() + " " + hit.kind().words();
        return hit.isHopeless()
                ? limit + ", and this request alone may need " + hit.needed()
                        + ". Shorten it, or lower 'max_tokens' ('max_output_tokens' of a response)."
                : limit + ", which are used for now. Try again after the time in 'retry-after'.";
    }
}
