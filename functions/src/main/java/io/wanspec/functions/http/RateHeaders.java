package io.wanspec.functions.http;

import io.micronaut.http.MutableHttpResponse;
import io.wanspec.functions.access.budget.BudgetView;

/** OpenAI's headers of what is left. */
final class RateHeaders {
    private static final long SECOND_MS = 1_000;
    private static final long MINUTE_MS = 60 * SECOND_MS;
    private static final long HOUR_MS = 60 * MINUTE_MS;

    private RateHeaders() {}

    /** @param what {@code requests} or {@code tokens} */
    static void put(MutableHttpResponse<?> response, String what, BudgetView view) {
        response.header("x-ratelimit-limit-" + what, String.valueOf(view.limit()));
        response.header("x-ratelimit-remaining-" + what, String.valueOf(view.remaining()));
        response.header("x-ratelimit-reset-" + what, duration(view.resetMs()));
    }

    /** As OpenAI writes times: {@code 17ms}, {@code 1s}, {@code 6m0s}, {@code 1h0m0s}. */
    static String duration(long ms) {
        if (ms < SECOND_MS) {
            return ms + "ms";
        }
        String seconds = ms % MINUTE_MS / SECOND_MS + "s";
        if (ms < MINUTE_MS) {
            return seconds;
        }
        String minutes = ms % HOUR_MS / MINUTE_MS + "m";
        return ms < HOUR_MS ? minutes + seconds : ms / HOUR_MS + "h" + minutes + seconds;
    }
}
