package io.wanspec.functions.observe;

import io.wanspec.contracts.SessionId;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import io.wanspec.functions.session.SessionObserver;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import java.time.Clock;
import java.util.List;
import java.util.function.Consumer;

/** One line for each session ({@link EmbeddedLine}). */
public final class EmbeddedMetrics implements SessionObserver {
    private static final List<List<String>> DIMENSIONS = List.of(List.of("Mode"), List.of("Mode", "Outcome"));
    private static final String MILLISECONDS = "Milliseconds";

    private final Consumer<String> lines;
    private final Clock clock;

    public EmbeddedMetrics(Consumer<String> lines, Clock clock) {
        this.lines = lines;
        this.clock = clock;
    }

    @Override
    public void started(SessionRequest request) {}

    @Override
    public void committed(int position, Progress progress) {}

    @Override
    public void noted(SessionId session, NoteCode code, String detail) {}

    @Override
    public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {
        write(
                request.generation().session(),
                SessionCounts.of(request.speculation().mode(), outcome));
    }

    void write(SessionId session, SessionCounts counts) {
        var line = new EmbeddedLine(clock.instant(), DIMENSIONS)
                .property("Mode", counts.mode().word())
                .property("Outcome", counts.outcome())
                .property("session", session.value())
                .traced();
        measure(line, counts);
        lines.accept(line.write());
    }

    private static void measure(EmbeddedLine line, SessionCounts counts) {
        var ledger = counts.ledger();
        line.count("Sessions", 1)
                .count("Tokens", ledger.tokens())
                .count("TargetPasses", ledger.targetPasses())
                .count("BusyRegionDraftPasses", ledger.busyDraftPasses())
                .count("RemoteDraftPasses", ledger.remoteDraftPasses())
                .count("BusyRegionDraftPassesSaved", counts.busyPassesSaved())
                .count("DraftTokensProposed", counts.proposed())
                .count("DraftTokensAccepted", counts.accepted())
                .metric("StallTime", MILLISECONDS, ledger.stallMs())
                .metric("Duration", MILLISECONDS, ledger.totalMs())
                .metric("WanBytes", "Bytes", (double) ledger.wanBytes());
        if (counts.hasTokens()) {
            line.metric("TimeToFirstToken", MILLISECONDS, ledger.timeToFirstTokenMs())
                    .metric("TimePerToken", MILLISECONDS, counts.secondsPerToken() * 1e3);
        }
    }
}
