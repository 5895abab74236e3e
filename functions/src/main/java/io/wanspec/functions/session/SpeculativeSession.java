package io.wanspec.functions.session;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.Action;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.Event;
import io.wanspec.controller.FailureCode;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.Progress;
import io.wanspec.controller.RequestKind;
import io.wanspec.controller.SeenText;
import io.wanspec.controller.SpeculationController;
import io.wanspec.functions.link.FailureReports;
import io.wanspec.functions.link.Links;
import io.wanspec.functions.session.SessionOutcome.Failure;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Feeds the controller one event at a time and carries out all its actions before it looks at the next. */
final class SpeculativeSession implements SessionBody {
    private final SessionRequest request;
    private final SessionSink sink;
    private final SessionObserver observer;
    private final FailureReports failures;
    private final EventQueue events;
    private final SessionLinks links;
    private final ControllerSettings settings;
    private final Experience experience;
    private final DraftFindings findings;
    private final RequestKind kind;
    private final LearnedEstimates begun;
    private final SpeculationController controller;
    private final long beganNanos;
    private OptionalLong wakeAtNanos = OptionalLong.empty();
    private @Nullable SessionOutcome outcome;

    /** @param from where it goes on */
    SpeculativeSession(
            SessionRequest request,
            Progress from,
            ControllerSettings settings,
            Experience experience,
            DraftFindings findings,
            int mailboxEvents,
            Links links,
            FailureReports failures,
            SessionSink sink,
            SessionObserver observer) {
        this.request = request;
        this.sink = sink;
        this.observer = observer;
        this.failures = failures;
        this.events = new EventQueue(mailboxEvents);
        this.links = new SessionLinks(links, events, request);
        this.settings = settings;
        this.experience = experience;
        this.findings = findings;
        this.kind = RequestKind.of(request.generation().sampling());
        this.begun = experience.of(request.speculation().goal()).of(kind);
        this.controller = new SpeculationController(request.generation(), settings, begun, from);
        // Before anything can be posted.
        this.beganNanos = Math.max(System.nanoTime(), request.arrivedNanos());
    }

    @Override
    public void cancel() {
        events.post(Event.ClientGone::new, () -> true);
    }

    @Override
    public SessionOutcome run() throws InterruptedException {
        try {
            return untilEnd();
        } finally {
            links.close();
        }
    }

    /** The controller's own ledger comes with its last action; before that, only the time is known. */
    @Override
    public Ledger ledger() {
        return Ledgers.none(request.arrivedNanos());
    }

    @Override
    public long draftsDropped() {
        return events.dropped();
    }

    private SessionOutcome untilEnd() throws InterruptedException {
        handle(new Event.Started(beganNanos, request.arrivedNanos()));
        while (outcome == null) {
            Event event = events.next(wakeAtNanos);
            if (event instanceof Event.Woken) {
                wakeAtNanos = OptionalLong.empty();
            } else if (event instanceof Event.TargetLost) {
                links.closeTarget();
                failures.targetFailed();
            } else if (event instanceof Event.WorkerLost lost) {
                links.closeWorker(lost.worker());
                failures.workerFailed(lost.worker());
            }
            handle(event);
        }
        return outcome;
    }

    private void handle(Event event) {
        List<Action> actions = controller.handle(event);
        observer.stepped(event, actions);
        actions.forEach(this::carryOut);
    }

    private void carryOut(Action action) {
        switch (action) {
            case Action.OpenTarget open -> links.openTarget(open.frame());
            case Action.CloseTarget close -> {
                links.closeTarget();
                failures.targetFailed();
            }
            case Action.Verify verify -> links.verify(verify.frame());
            case Action.OpenWorker open -> links.openWorker(open.worker(), open.frame());
            case Action.Advance advance -> links.send(advance.worker(), advance.frame());
            case Action.Expand expand -> links.send(expand.worker(), expand.frame());
            case Action.CloseWorker close -> links.closeWorker(close.worker());
            case Action.Emit emit -> emit(emit.seen());
            case Action.Checkpoint checkpoint -> observer.committed(checkpoint.position(), checkpoint.more());
            case Action.WakeAt wake -> wakeAtNanos = OptionalLong.of(wake.atNanos());
            case Action.Note note -> observer.noted(request.generation().session(), note.code(), note.detail());
            case Action.Finish finish -> {
                learn(finish.tally().learned());
                findings.found(finish.tally().placement());
                outcome = new SessionOutcome.Finished(
                        finish.reason(), finish.tally().toLedger(links.wanBytes()));
            }
            case Action.Fail fail -> {
                findings.found(fail.tally().placement());
                outcome = new SessionOutcome.Failed(
                        failure(fail.code()), fail.message(), fail.tally().toLedger(links.wanBytes()));
            }
        }
    }

    private void learn(LearnedEstimates learned) {
        if (settings.guarded()) {
            experience.remember(request.speculation().goal(), kind, begun, learned);
        }
    }

    private void emit(SeenText seen) {
        if (!sink.seen(seen)) {
            cancel();
        }
    }

    private static Failure failure(FailureCode code) {
        return switch (code) {
            case TARGET_UNAVAILABLE -> Failure.TARGET_UNAVAILABLE;
            case TARGET_STARTING -> Failure.TARGET_STARTING;
            case DEADLINE_EXCEEDED -> Failure.DEADLINE_EXCEEDED;
        };
    }
}
