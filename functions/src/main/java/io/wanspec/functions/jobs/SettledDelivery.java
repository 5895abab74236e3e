package io.wanspec.functions.jobs;

import java.time.Instant;
import java.util.Optional;

/**
 * What became of one delivery.
 *
 * @param redelivered whether it had been delivered before
 * @param since when its job was first put on the queue
 */
public record SettledDelivery(JobFate fate, boolean redelivered, Optional<Instant> since) {
    /** Whether the message stays in the queue. */
    boolean isKept() {
        return fate == JobFate.GIVEN_BACK;
    }
}
