package io.wanspec.functions.jobs;

import io.wanspec.functions.trace.RequestTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a job comes from. It stays the same through redeliveries, hand-overs and redrives.
 *
 * @param since when it was first put on the queue; absent where a message does not say
 * @param trace of the request that made it
 */
public record JobOrigin(Optional<Instant> since, Optional<RequestTrace> trace) {
    private static final JobOrigin UNKNOWN = new JobOrigin(Optional.empty(), Optional.empty());

    public static JobOrigin unknown() {
        return UNKNOWN;
    }

    /** Of what is made for the current request. */
    static JobOrigin here(Instant since) {
        return new JobOrigin(Optional.of(since), RequestTrace.current());
    }

    /** How old the job is; clocks differ, so that one may seem to come from the future. */
    Optional<Duration> age(Instant now) {
        return since.map(then -> then.isAfter(now) ? Duration.ZERO : Duration.between(then, now));
    }

    /** Has something done in the name of the request that made the job. */
    void run(Runnable work) {
        trace.map(made -> made.around(work)).orElse(work).run();
    }
}
