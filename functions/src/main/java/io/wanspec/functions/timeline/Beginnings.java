package io.wanspec.functions.timeline;

import io.wanspec.contracts.request.TimelineWish;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.contracts.timeline.TokenSource;
import io.wanspec.controller.Place;
import io.wanspec.controller.Worker;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.WanSpecSettings;
import java.time.Clock;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** First events of timelines: what a session is asked for, and who may draft for it. */
final class Beginnings {
    private static final double NANOS_PER_MS = 1e6;
    private static final double MS_PER_SECOND = 1e3;

    private final WanSpecSettings settings;
    private final Clock clock;

    Beginnings(WanSpecSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    TimelineEvent.Begin of(SessionRequest request, long nowNanos) {
        double sinceMs = Math.round((nowNanos - request.arrivedNanos()) / 1e3) / 1e3;
        return new TimelineEvent.Begin(
                sinceMs,
                TimelineEvent.VERSION,
                request.generation().session().value(),
                request.target().name(),
                request.speculation().mode().word(),
                request.speculation().goal().word(),
                settings.target().region(),
                (clock.millis() - Math.round(sinceMs)) / MS_PER_SECOND,
                request.generation().prompt().size(),
                request.generation().maxTokens(),
                request.continuation().progress().tokens().size(),
                request.generation().prediction().size(),
                request.workers().stream().map(this::drafter).toList(),
                request.speculation().timeline() == TimelineWish.TEXT);
    }

    private TimelineEvent.Drafter drafter(Worker worker) {
        return new TimelineEvent.Drafter(
                worker.id().value(),
                region(worker),
                worker.place() == Place.BUSY_REGION ? TokenSource.BUSY : TokenSource.REMOTE,
                worker.roundTrip().toNanos() / NANOS_PER_MS,
                worker.placed().standsBy());
    }

    /** Of workers on site it is not known. */
    private @Nullable String region(Worker worker) {
        Optional<String> known = settings.drafts().stream()
                .filter(draft -> draft.id().equals(worker.id()))
                .map(draft -> draft.address().region())
                .findFirst();
        return known.orElse(null);
    }
}
