package io.wanspec.controller;

import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.compatibility.Compatibility;
import io.wanspec.contracts.compatibility.Requirement;
import io.wanspec.contracts.frame.DraftFrame;
import java.time.Duration;

/** The links to a session's draft workers: opened, closed, lost and opened again; what is sent, and what is refused. */
final class WorkerLinks {
    private static final int INVALID_FRAMES_MAX = 64;
    private static final Duration REOPEN_PAUSE = Duration.ofMillis(500);
    private static final Duration BUSY_PAUSE = Duration.ofMillis(500);
    private static final int BUSY_DOUBLINGS = 4;

    /** A worker that does not come back soon is asked now and then, since answers may last for minutes; the text never waits for it. */
    private static final Duration REST = Duration.ofSeconds(15);

    private final SessionContext session;
    private final Workers workers;
    private final DraftPlanner planner;
    private final DraftIntake intake;
    private final Relocations relocations;

    WorkerLinks(SessionContext session, Workers workers, DraftPlanner planner, DraftIntake intake) {
        this.session = session;
        this.workers = workers;
        this.planner = planner;
        this.intake = intake;
        relocations = new Relocations(session, workers, new Relocations.Opener() {
            @Override
            public void open(WorkerState worker) {
                WorkerLinks.this.open(worker);
            }

            @Override
            public void close(WorkerState worker) {
                WorkerLinks.this.close(worker);
            }
        });
    }

    void openAll() {
        for (WorkerState worker : workers) {
            if (worker.isOnDuty() && planner.isOfUse(worker)) {
                chosen(worker);
                open(worker);
            }
        }
    }

    private void chosen(WorkerState worker) {
        String why = worker.worker().placed().why();
        if (!why.isEmpty()) {
            session.counts().onChosen(worker.worker().id(), session.committed().generatedTokens(), why);
        }
    }

    void closeAll() {
        for (WorkerState worker : workers) {
            if (worker.isAlive()) {
                close(worker);
            }
        }
    }

    /** Nobody drafts any more, also those not who were to come back. */
    void leaveAll() {
        closeAll();
        for (WorkerState worker : workers) {
            worker.onClosed();
        }
    }

    void onReady(WorkerId id, DraftFrame.Ready frame) {
        workers.alive(id).ifPresent(worker -> {
            var vocabulary = new Requirement.SameVocabulary(
                    frame.model(), session.settings().target());
            switch (Compatibility.judge(frame.protocol(), vocabulary)) {
                case Compatibility.Agreed agreed -> worker.onReady();
                case Compatibility.Refusal refusal -> {
                    session.note(NoteCode.WORKER_LOST, id + ": " + refusal.sentence());
                    giveUp(worker);
                }
            }
        });
    }

    void onLost(WorkerId id, String reason, LinkLoss loss) {
        workers.alive(id).ifPresent(worker -> {
            session.note(NoteCode.WORKER_LOST, id + ": " + reason);
            worker.onLost(reopenAt(worker, loss));
            relocations.onGone(worker, loss == LinkLoss.FINAL);
        });
    }

    private void giveUp(WorkerState worker) {
        close(worker);
        relocations.onGone(worker, true);
    }

    private long reopenAt(WorkerState worker, LinkLoss loss) {
        return switch (loss) {
            case FINAL -> EventTime.NEVER;
            case STARTING -> afterRest(worker.onBroken());
            case BUSY ->
                session.now()
                        + BackOff.nanos(
                                BUSY_PAUSE,
                                BUSY_DOUBLINGS,
                                worker.onBusy(),
                                session.request().session());
            case BROKEN, UNREACHABLE -> {
                int times = worker.onBroken();
                boolean again = times <= session.settings().limits().reopenAttempts();
                yield again ? session.now() + (REOPEN_PAUSE.toNanos() << (times - 1)) : afterRest(times);
            }
        };
    }

    private long afterRest(int times) {
        return session.now() + BackOff.nanos(REST, 0, times, session.request().session());
    }

    void reopenDue() {
        for (WorkerState worker : workers) {
            if (worker.reopenAt() <= session.now()) {
                session.note(NoteCode.WORKER_REOPENED, worker.worker().id().toString());
                open(worker);
            }
        }
    }

    /** When a lost link is opened again; {@link EventTime#NEVER} if none is. */
    long nextReopening() {
        long next = EventTime.NEVER;
        for (WorkerState worker : workers) {
            next = Math.min(next, worker.reopenAt());
        }
        return next;
    }

    void onDrafted(WorkerId id, DraftFrame.Drafted frame) {
        workers.alive(id).ifPresent(worker -> {
            session.counts().onDraftPasses(worker.worker().place(), frame.passes());
            int known = Math.min(frame.committed(), session.committed().size());
            long reply = worker.forecast().onFrame(known, frame.passes(), frame.passMicros());
            if (isBeyondAllowed(worker, frame)) {
                onInvalidFrame(worker);
            } else {
                intake.take(worker, frame);
                if (reply != AdvanceTimes.NOTHING_NEW) {
                    relocations.onReply(worker, reply);
                }
                relocations.completeChange();
            }
        });
    }

    private static boolean isBeyondAllowed(WorkerState worker, DraftFrame.Drafted frame) {
        for (int i = 0; i < frame.size(); i++) {
            if (frame.positions().get(i) >= worker.everAllowed()) {
                return true;
            }
        }
        return false;
    }

    private void onInvalidFrame(WorkerState worker) {
        WorkerId id = worker.worker().id();
        int count = worker.onInvalidFrame();
        if (count == 1) {
            session.note(NoteCode.WORKER_INVALID_FRAME, id + ": a draft token beyond what it may draft");
        } else if (count > INVALID_FRAMES_MAX) {
            session.note(NoteCode.WORKER_LOST, id + ": too many invalid frames");
            giveUp(worker);
        }
    }

    /** Sends the workers that draft unasked what was committed, with a new plan. */
    void onCommitted(AnswerIntake.Commit commit) {
        for (WorkerState worker : workers) {
            if (!commit.asDrafted()) {
                int anewAt = worker.isBusyRegion() ? session.committed().size() : commit.knownUpTo();
                worker.forecast().outOfStep(anewAt);
            }
            if (worker.isAlive() && isDueToMove(worker)) {
                move(worker);
            } else if (worker.isAlive() && planner.draftsUnasked(worker)) {
                advance(worker);
            }
        }
        relocations.onRound();
    }

    /** Asks a busy-region worker for one pass. */
    void ask(BusyRegionDrafting.Ask ask) {
        WorkerState busy = ask.worker();
        int committed = session.committed().size();
        if (busy.advancedTo() < committed) {
            advance(busy);
        }
        busy.onAsked(
                committed + ask.firstDepth(), committed + ask.frame().drafts().depth());
        session.act(new Action.Expand(busy.worker().id(), ask.frame()));
    }

    private void open(WorkerState worker) {
        DraftPlan plan = planner.planFor(worker);
        worker.onOpening(session.committed().size(), plan.draftUpTo());
        session.act(new Action.OpenWorker(
                worker.worker().id(),
                new DraftFrame.Open(
                        // The host puts the version that was agreed on in its place, and the caller.
                        ProtocolVersion.CURRENT,
                        session.request().session(),
                        session.settings().target(),
                        session.request().sampling(),
                        session.committed().all(),
                        plan)));
    }

    private void close(WorkerState worker) {
        worker.onClosed();
        session.act(new Action.CloseWorker(worker.worker().id()));
    }

    private boolean isDueToMove(WorkerState worker) {
        return session.now() - worker.openedAt()
                >= session.settings().limits().linkLife().toNanos();
    }

    /** A link that the platform may cut soon is left for a new one, which begins with all that is committed. */
    private void move(WorkerState worker) {
        session.note(NoteCode.LINK_MOVED, worker.worker().id().toString());
        close(worker);
        open(worker);
    }

    private void advance(WorkerState worker) {
        Committed committed = session.committed();
        int from = worker.advancedTo();
        DraftPlan plan = planner.planFor(worker);
        worker.onAdvanced(committed.size(), plan.draftUpTo());
        session.act(new Action.Advance(
                worker.worker().id(),
                new DraftFrame.Advance(from, committed.branchBefore(from), committed.from(from), plan)));
    }
}
