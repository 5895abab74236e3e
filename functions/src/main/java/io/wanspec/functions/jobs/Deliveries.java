package io.wanspec.functions.jobs;

import io.wanspec.contracts.CallerId;
import java.time.Duration;
import java.util.Optional;

/** What a worker can do with deliveries. All calls block for a few seconds at most. */
interface Deliveries {
    /** Keeps a delivery for so long from now; zero gives it back at once. */
    void keep(Delivery delivery, Duration time);

    /** Puts another message of the same job on the queue. */
    void send(JobMessage message, Optional<CallerId> caller, Duration delay);

    /** Puts a copy among the dead letters, with the reason. */
    void bury(Delivery delivery, String reason);
}
