package io.wanspec.functions.jobs;

import io.wanspec.contracts.CallerId;
import java.util.Optional;

/**
 * A message as a worker got it.
 *
 * @param handle names this delivery to the queue
 * @param number which delivery of this message it is, from 1; approximate, as all that the queue counts
 */
public record Delivery(String messageId, String handle, String body, int number, Optional<CallerId> caller) {
    public Delivery {
        if (number < 1) {
            throw new IllegalArgumentException("deliveries are counted from 1, was " + number);
        }
    }
}
