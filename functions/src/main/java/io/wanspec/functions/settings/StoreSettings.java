package io.wanspec.functions.settings;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions are remembered.
 *
 * @param region of the table: the target's, so that a write never crosses the wide-area network
 * @param override instead of the region's own address
 * @param timeToLive how long a session can be looked up after it was created
 * @param required refuse requests while the table cannot be written; otherwise generation goes on without checkpoints
 * @param checkpointInterval least time between two writes of one session
 */
public record StoreSettings(
        String region,
        @Nullable URI override,
        String table,
        Duration timeToLive,
        boolean required,
        Duration checkpointInterval) {
    public static final Duration TIME_TO_LIVE_DEFAULT = Duration.ofHours(24);

    /** Loses at most this much text to a crash, and costs a handful of writes a request. */
    public static final Duration CHECKPOINT_INTERVAL_DEFAULT = Duration.ofMillis(500);

    public StoreSettings {
        EndpointAddress.requireEncrypted(override);
        if (region.isBlank() || table.isBlank()) {
            throw new IllegalArgumentException("the session table needs a region and a name");
        }
        if (!timeToLive.isPositive() || !checkpointInterval.isPositive()) {
            throw new IllegalArgumentException("the table's ttl and checkpoint-interval must be positive");
        }
    }
}
