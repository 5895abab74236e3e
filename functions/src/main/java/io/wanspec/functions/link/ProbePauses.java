package io.wanspec.functions.link;

import java.time.Duration;
import java.util.Optional;

/**
 * How long an endpoint is left alone between two questions. One that nobody has used for a while is not asked at all: questions
 * are calls, and an endpoint that is called is never scaled to zero.
 */
final class ProbePauses {
    static final Duration GOOD = Duration.ofSeconds(30);
    static final Duration INTEREST = Duration.ofMinutes(10);
    private static final Duration BAD_FIRST = Duration.ofMillis(200);
    private static final Duration BAD_LAST = Duration.ofSeconds(5);

    private Duration bad = BAD_FIRST;

    /**
     * @param good whether the endpoint has answered
     * @param unused how long nobody has had a use for it
     * @return absent until somebody has a use for it
     */
    Optional<Duration> next(boolean good, Duration unused) {
        Duration pause = good ? GOOD : bad;
        Duration doubled = bad.multipliedBy(2);
        bad = good ? BAD_FIRST : doubled.compareTo(BAD_LAST) < 0 ? doubled : BAD_LAST;
        return unused.compareTo(INTEREST) < 0 ? Optional.of(pause) : Optional.empty();
    }
}
