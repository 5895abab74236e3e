package io.wanspec.functions.wiring;

import io.micronaut.context.annotation.Factory;
import io.micronaut.context.env.Environment;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.store.TimelineItems;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.timeline.RecentTimelines;
import io.wanspec.functions.timeline.Timelines;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Optional;

/** Timelines of sessions. */
@Factory
final class TimelineWiring {
    /** A hundred sessions of some hundred tokens each. */
    private static final int BYTES_MAX_DEFAULT = 16 * 1024 * 1024;

    @Singleton
    Timelines timelines(
            Environment environment, WanSpecSettings settings, Optional<SessionStore> store, Optional<Table> table) {
        int bytesMax = new PropertyReader(environment, "wanspec.timeline").integer("bytes-max", BYTES_MAX_DEFAULT);
        if (bytesMax < 0) {
            throw new IllegalArgumentException("wanspec.timeline.bytes-max must not be negative");
        }
        return new Timelines(
                settings, new RecentTimelines(bytesMax), store, table.map(TimelineItems::new), Clock.systemUTC());
    }
}
