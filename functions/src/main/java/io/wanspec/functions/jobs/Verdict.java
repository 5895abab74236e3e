package io.wanspec.functions.jobs;

import java.time.Duration;

/** What becomes of a delivery. */
sealed interface Verdict {
    /** The message is deleted. */
    record Delete() implements Verdict {}

    /**
     * A fresh message takes this one's place, so that its count of deliveries begins anew: the worker said how this one
     * ended, and that nothing is wrong with the job.
     */
    record SendAgain(JobMessage message, Duration delay) implements Verdict {}

    /** The message stays, and is delivered again after a pause. */
    record GiveBack(String reason, Duration pause) implements Verdict {}

    /** The message goes to the dead letters, with the reason. */
    record Bury(String reason) implements Verdict {}
}
