package io.wanspec.functions.observe;

import io.micrometer.core.instrument.MeterRegistry;
import io.wanspec.functions.session.SessionObserver;
import io.wanspec.functions.settings.MetricsSettings;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Who watches every session, and remembers none: logs and metrics. */
public record StandingObservers(List<SessionObserver> all) {
    public StandingObservers {
        all = List.copyOf(all);
    }

    public static StandingObservers of(MeterRegistry registry, MetricsSettings settings) {
        List<SessionObserver> all = new ArrayList<>(List.of(new SessionLog(), new SessionMetrics(registry)));
        if (settings.embedded()) {
            all.add(new EmbeddedMetrics(System.out::println, Clock.systemUTC()));
        }
        return new StandingObservers(all);
    }
}
