package io.wanspec.functions.jobs;

import java.time.Duration;

/** What came of one attempt at a job. */
public sealed interface JobOutcome {
    /** The session has ended, now or before: nothing is left to do. */
    record Done() implements JobOutcome {}

    /** The session was stopped at a checkpoint, as asked, and its lease is free: another invocation can go on at once. */
    record HandedOver() implements JobOutcome {}

    /**
     * Not now: another function has the lease, or the target cannot be reached. Nothing is wrong with the job.
     *
     * @param pause before it makes sense to try again
     */
    record Later(String reason, Duration pause) implements JobOutcome {
        public Later {
            if (pause.isNegative()) {
                throw new IllegalArgumentException("a pause cannot be negative");
            }
        }
    }

    /**
     * An outage of the target ended this attempt in the middle. What is written can be gone on with.
     *
     * @param progressed whether the text grew meanwhile: a job that never does may be what breaks the target
     */
    record CutOff(String reason, boolean progressed) implements JobOutcome {}

    /** This attempt went wrong here; another one may not. */
    record Failed(String reason) implements JobOutcome {}

    /** Never: nobody could do this job. */
    record Impossible(String reason) implements JobOutcome {}
}
