package io.wanspec.functions.settings;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where background work waits, and how it is taken.
 *
 * @param region of the queues: the target's, as the table's is
 * @param override instead of the region's own address
 * @param deadLetters where jobs go that nobody can do; absent: they stay in the queue until the queue itself moves them
 * @param visibility how long a delivery stays with its worker without a sign of life
 * @param deliveriesMax deliveries of one message of which none said how it ended, before it counts as poison. Less than the
 *     queue's own {@code maxReceiveCount}, which knows no reasons
 * @param handOver how long before its time limit a worker hands over to a fresh invocation
 */
public record JobSettings(
        String region,
        @Nullable URI override,
        URI queue,
        @Nullable URI deadLetters,
        Duration visibility,
        int deliveriesMax,
        Duration handOver) {
    /** A killed worker's job comes back after this; a session's lease has expired by then. */
    public static final Duration VISIBILITY_DEFAULT = Duration.ofSeconds(30);

    public static final int DELIVERIES_MAX_DEFAULT = 5;

    /** A round that is under way, a checkpoint, and the message for the next: with a slow target a few seconds each. */
    public static final Duration HAND_OVER_DEFAULT = Duration.ofSeconds(15);

    /** What the queue allows. */
    private static final Duration VISIBILITY_MAX = Duration.ofHours(12);

    public JobSettings {
        EndpointAddress.requireEncrypted(override);
        if (region.isBlank()) {
            throw new IllegalArgumentException("the queue of jobs needs a region");
        }
        if (visibility.compareTo(Duration.ofSeconds(1)) < 0 || visibility.compareTo(VISIBILITY_MAX) > 0) {
            throw new IllegalArgumentException("the jobs' visibility must be between 1s and 12h, was " + visibility);
        }
        if (deliveriesMax < 1 || deliveriesMax > 1000) {
            throw new IllegalArgumentException("the jobs' max-deliveries must be between 1 and 1000");
        }
        if (!handOver.isPositive()) {
            throw new IllegalArgumentException("the jobs' hand-over must be positive");
        }
    }
}
