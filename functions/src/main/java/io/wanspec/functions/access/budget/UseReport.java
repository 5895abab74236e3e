package io.wanspec.functions.access.budget;

import java.time.Duration;

/** What a key used here and the table has not been told of; for people, not for rules. Guarded by whoever has it. */
final class UseReport {
    /** How old it may be while there is use. */
    static final Duration REPORT = Duration.ofSeconds(10);

    private long requests;
    private long tokens;
    private long reportedMs;

    UseReport(long nowMs) {
        reportedMs = nowMs;
    }

    /** As the table is told. */
    record News(long requests, long tokens) {}

    void request() {
        requests++;
    }

    void tokens(long used) {
        tokens += used;
    }

    boolean isEmpty() {
        return requests == 0 && tokens == 0;
    }

    boolean isDue(boolean quiet, long nowMs) {
        return !isEmpty() && (quiet || nowMs - reportedMs >= REPORT.toMillis());
    }

    /** Forgets it before it is told: a report that was not answered may have arrived, and none is told twice. */
    News take(long nowMs) {
        News news = new News(requests, tokens);
        requests = 0;
        tokens = 0;
        reportedMs = nowMs;
        return news;
    }
}
