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
 * @param writesPerSecond most that this process writes of all its sessions together
 */
public record StoreSettings(
        String region,
        @Nullable URI override,
        String table,
        Duration timeToLive,
        boolean required,
        Duration checkpointInterval,
        int writesPerSecond) {
    public static final Duration TIME_TO_LIVE_DEFAULT = Duration.ofHours(24);

    /** Loses at most this much text to a crash, and costs a handful of writes a request. */
    public static final Duration CHECKPOINT_INTERVAL_DEFAULT = Duration.ofMillis(500);

    /** So many sessions as a function takes by default write as often as they like. */
    public static final int WRITES_PER_SECOND_DEFAULT = 150;

    /** With the default for what is not said. */
    public StoreSettings(
            String region,
            @Nullable URI override,
            String table,
            Duration timeToLive,
            boolean required,
            Duration checkpointInterval) {
        this(region, override, table, timeToLive, required, checkpointInterval, WRITES_PER_SECOND_DEFAULT);
    }

    public StoreSettings {
        EndpointAddress.requireEncrypted(override);
        if (region.isBlank() || table.isBlank()) {
            throw new IllegalArgumentException("the session table needs a region and a name");
        }
        if (!timeToLive.isPositive() || !checkpointInterval.isPositive()) {
            throw new IllegalArgumentException("the table's ttl and checkpoint-interval must be positive");
        }
        if (writesPerSecond < 1) {
            throw new IllegalArgumentException("the table's writes-per-second must be 1 at least");
        }
    }
}
