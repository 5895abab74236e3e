package io.wanspec.functions.observe;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import io.wanspec.functions.session.SessionObserver;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Sessions for Prometheus. Labels are modes, outcomes, places and positions, all of them few: never a caller, a model's text or
 * an id, so that a hostile client cannot make series.
 */
public final class SessionMetrics implements SessionObserver {
    /** Positions of a round that are told apart; those behind count as one. */
    private static final int POSITIONS_MAX = 16;

    private static final Duration[] SECONDS = durations(10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000);
    private static final Duration[] PER_TOKEN = durations(1, 2, 5, 10, 20, 35, 50, 75, 100, 150, 250, 500, 1_000);

    private final MeterRegistry registry;

    public SessionMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void started(SessionRequest request) {
        timer("wanspec.queue", "From a request's arrival to its session's start", SECONDS, "mode", mode(request))
                .record(Duration.ofNanos(Math.max(0, System.nanoTime() - request.arrivedNanos())));
    }

    @Override
    public void committed(int position, Progress progress) {}

    @Override
    public void noted(SessionId session, NoteCode code, String detail) {
        add(
                "wanspec.notes",
                "Unusual events in sessions",
                1,
                "code",
                code.name().toLowerCase(Locale.ROOT));
    }

    @Override
    public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {
        SessionCounts counts = SessionCounts.of(request.speculation().mode(), outcome);
        Ledger ledger = counts.ledger();
        String mode = mode(request);
        add("wanspec.sessions", "Sessions that ended", 1, "mode", mode, "outcome", counts.outcome());
        add(
                "wanspec.prompt.tokens",
                "Prompt tokens",
                request.generation().prompt().size(),
                "mode",
                mode);
        add("wanspec.tokens", "Committed tokens", ledger.tokens(), "mode", mode);
        add("wanspec.target.passes", "Verification passes", ledger.targetPasses(), "mode", mode);
        add("wanspec.draft.passes", "Draft passes", ledger.busyDraftPasses(), "mode", mode, "place", "busy-region");
        add("wanspec.draft.passes", "Draft passes", ledger.remoteDraftPasses(), "mode", mode, "place", "draft-region");
        add(
                "wanspec.busy.draft.passes.saved",
                "Draft passes that co-located speculation would have made in the busy region for the same rounds",
                (double) counts.busyPassesSaved(),
                "mode",
                mode);
        positions("wanspec.draft.tokens.proposed", "Draft tokens put to the target", ledger.proposedByPosition(), mode);
        positions("wanspec.draft.tokens.accepted", "Draft tokens accepted", ledger.acceptedByPosition(), mode);
        add(
                "wanspec.target.stall.seconds",
                "Time that targets idled for want of drafts",
                counts.stallSeconds(),
                "mode",
                mode);
        add("wanspec.wan.bytes", "Frames across a region's edge, in bytes", (double) ledger.wanBytes(), "mode", mode);
        add(
                "wanspec.events.dropped",
                "Draft events that found their session's queue full",
                (double) draftsDropped,
                "mode",
                mode);
        times(counts, mode);
    }

    private void times(SessionCounts counts, String mode) {
        timer("wanspec.request", "From a request's arrival to its end", SECONDS, "mode", mode)
                .record(seconds(counts.totalSeconds()));
        if (counts.hasTokens()) {
            timer("wanspec.time.to.first.token", "From arrival to the first committed token", SECONDS, "mode", mode)
                    .record(seconds(counts.firstTokenSeconds()));
            timer("wanspec.time.per.token", "Between two tokens of a session, on average", PER_TOKEN, "mode", mode)
                    .record(seconds(counts.secondsPerToken()));
        }
    }

    private void positions(String name, String description, List<Integer> byPosition, String mode) {
        for (int i = 0; i < byPosition.size(); i++) {
            String position = i < POSITIONS_MAX ? String.valueOf(i + 1) : "more";
            add(name, description, byPosition.get(i), "mode", mode, "position", position);
        }
    }

    private void add(String name, String description, double amount, String... tags) {
        Counter.builder(name)
                .description(description)
                .tags(tags)
                .register(registry)
                .increment(amount);
    }

    private Timer timer(String name, String description, Duration[] buckets, String... tags) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(buckets)
                .tags(tags)
                .register(registry);
    }

    private static String mode(SessionRequest request) {
        return request.speculation().mode().word();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofNanos(Math.round(seconds * 1e9));
    }

    private static Duration[] durations(int... ms) {
        return Arrays.stream(ms).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}
