package io.wanspec.controller;

import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.controller.estimate.TargetEstimate;
import io.wanspec.controller.policy.Redundancy;
import io.wanspec.controller.policy.WindowRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The draft workers of a session: what they are told, what they send, and when their next guesses are due. */
final class DraftSide {
    private static final int NONSENSE_MAX = 64;
    private static final long REOPEN_PAUSE_NANOS = 500_000_000L;
    private static final long NEVER = Long.MAX_VALUE;
    private static final double MILLI = 1e3;

    private final GenerationRequest request;
    private final ControllerSettings settings;
    private final Committed committed;
    private final Counts counts;
    private final TargetEstimate estimate;
    private final Consumer<Action> out;
    private final GuessIntake intake;
    private final BusyAsks asks;
    private final List<WorkerState> workers = new ArrayList<>();
    private final long[] reopenAt;

    DraftSide(
            GenerationRequest request,
            ControllerSettings settings,
            Committed committed,
            DraftTree tree,
            Counts counts,
            TargetEstimate estimate,
            double priceFactor,
            Consumer<Action> out) {
        this.request = request;
        this.settings = settings;
        this.committed = committed;
        this.counts = counts;
        this.estimate = estimate;
        this.out = out;
        intake = new GuessIntake(committed, tree, estimate.calibration());
        asks = new BusyAsks(settings.redundancy(), committed, tree, intake, estimate, priceFactor);
        for (Worker worker : settings.workers()) {
            workers.add(new WorkerState(worker, workers.size()));
        }
        reopenAt = new long[workers.size()];
        Arrays.fill(reopenAt, NEVER);
    }

    void openAll(long now) {
        for (WorkerState worker : workers) {
            if (isOfUse(worker)) {
                open(worker, now);
            }
        }
    }

    void closeAll() {
        for (WorkerState worker : workers) {
            if (worker.isAlive()) {
                close(worker);
            }
        }
    }

    void onReady(WorkerId id, DraftFrame.Ready frame) {
        WorkerState worker = find(id);
        if (worker == null || !worker.isAlive()) {
            return;
        }
        if (!frame.protocol().equals(ProtocolVersion.CURRENT)) {
            note(NoteCode.WORKER_LOST, id + ": " + ProtocolVersion.CURRENT.refusalOf(frame.protocol()));
            close(worker);
        } else if (!frame.model().canDraftFor(settings.target())) {
            note(NoteCode.WORKER_LOST, id + ": model " + frame.model().name() + " has another tokenizer");
            close(worker);
        } else {
            worker.onReady();
        }
    }

    void onLost(WorkerId id, String reason, boolean mayRetry, long now) {
        WorkerState worker = find(id);
        if (worker == null || !worker.isAlive()) {
            return;
        }
        worker.onLost();
        note(NoteCode.WORKER_LOST, id + ": " + reason);
        int attempt = worker.timesOpened();
        if (mayRetry && attempt <= settings.limits().reopenAttempts()) {
            reopenAt[worker.index()] = now + (REOPEN_PAUSE_NANOS << (attempt - 1));
        }
    }

    void reopenDue(long now) {
        for (WorkerState worker : workers) {
            if (reopenAt[worker.index()] <= now) {
                reopenAt[worker.index()] = NEVER;
                note(NoteCode.WORKER_REOPENED, worker.worker().id().toString());
                open(worker, now);
            }
        }
    }

    long nextReopening() {
        long next = NEVER;
        for (long at : reopenAt) {
            next = Math.min(next, at);
        }
        return next;
    }

    void onDrafted(WorkerId id, DraftFrame.Drafted frame, long now) {
        WorkerState worker = find(id);
        if (worker == null || !worker.isAlive()) {
            return;
        }
        counts.onDraftPasses(worker.worker().place(), frame.passes());
        worker.onFrame(Math.min(frame.committed(), committed.size()), frame.passes(), frame.passMicros(), now);
        if (isBeyondCredit(worker, frame)) {
            onNonsense(worker);
        } else {
            intake.take(worker, frame, now);
        }
    }

    private static boolean isBeyondCredit(WorkerState worker, DraftFrame.Drafted frame) {
        for (int i = 0; i < frame.size(); i++) {
            if (frame.positions().get(i) >= worker.everAllowed()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Tells the workers what was committed.
     *
     * @param onMainLine whether it is what the draft would have chosen, as far as that is known
     * @param knownUpTo where knowledge ends now: position of the first unknown guess on the best path
     */
    void onCommitted(boolean onMainLine, int knownUpTo, long now) {
        intake.onCommitted();
        for (WorkerState worker : workers) {
            if (!onMainLine) {
                worker.outOfStep(worker.isBusy() ? committed.size() : knownUpTo, now);
            }
            if (worker.isAlive() && draftsUnasked(worker, now)) {
                advance(worker, now);
            }
        }
    }

    /** Asks a busy-region worker for guesses, if the redundancy rule says so. */
    void askBusyWorker(int depthMax, long neededAt, long now) {
        if (draftsUnasked(Place.BUSY_REGION, now)) {
            return;
        }
        WorkerState busy = idleBusyWorker(now);
        if (busy == null) {
            return;
        }
        DraftFrame.Expand wish = asks.wish(busy, remoteOutlook(now), depthMax, neededAt, now);
        if (wish != null) {
            if (busy.told() < committed.size()) {
                advance(busy, now);
            }
            int depth = wish.guesses().depth();
            busy.onAsked(committed.size() + firstDepth(wish), committed.size() + depth, now);
            out.accept(new Action.Expand(busy.worker().id(), wish));
        }
    }

    private static int firstDepth(DraftFrame.Expand wish) {
        int depth = 0;
        for (int node = wish.wanted().get(0);
                node >= 0;
                node = wish.guesses().parents().get(node)) {
            depth++;
        }
        return depth;
    }

    private BusyAsks.RemoteOutlook remoteOutlook(long now) {
        return new BusyAsks.RemoteOutlook() {
            @Override
            public boolean isInStep() {
                return workers.stream().anyMatch(worker -> !worker.isBusy() && worker.isInStep(now));
            }

            @Override
            public long roundTripNanos() {
                long nearest = NEVER;
                for (WorkerState worker : workers) {
                    nearest = worker.isBusy() ? nearest : Math.min(nearest, worker.roundTripNanos());
                }
                return nearest;
            }

            @Override
            public long arrivalOf(int position) {
                long first = NEVER;
                for (WorkerState worker : workers) {
                    first = worker.isBusy() ? first : Math.min(first, worker.arrivalOf(position, now));
                }
                return first;
            }
        };
    }

    /**
     * When a guess of {@code position} is expected from anyone; {@link Long#MAX_VALUE} for never.
     *
     * @param reached probability that the target gets to where knowledge ends
     */
    long arrivalOf(int position, double reached, long now) {
        long first = NEVER;
        for (WorkerState worker : workers) {
            int limit = worker.isAsked()
                    ? worker.draftUpTo() + asks.reach(reached, asks.priceNanos(worker, remoteOutlook(now)))
                    : worker.draftUpTo();
            first = Math.min(first, worker.arrivalIfAskedOn(position, limit, now));
        }
        return first;
    }

    /** How long a full run is worth waiting for; 0 if nobody drafts {@code position}. */
    long patienceEnds(int position, long now) {
        long last = 0;
        for (WorkerState worker : workers) {
            if (worker.arrivalOf(position, now) != NEVER) {
                last = Math.max(last, worker.patienceEnds());
            }
        }
        return last;
    }

    /** Time of a draft pass in the busy region; of any worker if there is none there, 0 without workers. */
    double busyPassNanos() {
        double any = 0;
        for (WorkerState worker : workers) {
            if (worker.isBusy()) {
                return worker.singlePassNanos();
            }
            any = worker.singlePassNanos();
        }
        return any;
    }

    private boolean isOfUse(WorkerState worker) {
        return !worker.isBusy() || !(settings.redundancy() instanceof Redundancy.Never) || !hasRemote();
    }

    private boolean hasRemote() {
        return workers.stream().anyMatch(worker -> !worker.isBusy());
    }

    private boolean hasLivingRemote(long now) {
        for (WorkerState worker : workers) {
            if (!worker.isBusy() && worker.isAlive() && !worker.isSilent(now)) {
                return true;
            }
        }
        return false;
    }

    private boolean draftsUnasked(WorkerState worker, long now) {
        return !worker.isBusy() || draftsUnasked(Place.BUSY_REGION, now);
    }

    /** Busy-region workers draft unasked if redundancy is total, and when nobody else is left that does. */
    private boolean draftsUnasked(Place place, long now) {
        return place == Place.DRAFT_REGION
                || settings.redundancy() instanceof Redundancy.Always
                || !hasLivingRemote(now);
    }

    private DraftPlan planFor(WorkerState worker, long now) {
        if (worker.isBusy()) {
            int credit = draftsUnasked(worker, now) ? settings.runLength() : 0;
            return busyPlan(Math.min(committed.size() + credit, lastUsefulPosition()));
        }
        DraftShape shape = settings.draft();
        return new DraftPlan(
                Math.min(committed.size() + windowFor(worker), lastUsefulPosition()),
                shape.passNodes(),
                shape.candidates(),
                (int) (shape.floorNats() * MILLI),
                shareOf(worker),
                shares());
    }

    /** What is asked for one by one may well have alternatives; what is drafted unasked is a chain. */
    private DraftPlan busyPlan(int upTo) {
        int candidates = settings.verify().tree() ? settings.draft().candidates() : 1;
        return new DraftPlan(upTo, 1, candidates, Limits.FLOOR_MILLI_NATS_MAX, 0, 1);
    }

    private int shareOf(WorkerState worker) {
        int share = 0;
        for (WorkerState other : workers) {
            if (other == worker) {
                break;
            }
            share += other.isBusy() ? 0 : 1;
        }
        return share;
    }

    private int shares() {
        return (int) Math.max(1, workers.stream().filter(w -> !w.isBusy()).count());
    }

    private int windowFor(WorkerState worker) {
        DraftShape shape = settings.draft();
        return shape.isTree()
                ? shape.window()
                : WindowRule.window(
                        shape.window(), estimate.acceptance(), worker.roundTripNanos(), estimate.nanosPerToken());
    }

    /** The last token of a request is always the target's own. */
    private int lastUsefulPosition() {
        return Math.max(committed.size(), request.prompt().size() + request.maxTokens() - 1);
    }

    private void open(WorkerState worker, long now) {
        DraftPlan plan = planFor(worker, now);
        worker.onOpening(committed.size(), plan.draftUpTo(), now);
        out.accept(new Action.OpenWorker(
                worker.worker().id(),
                new DraftFrame.Open(
                        ProtocolVersion.CURRENT,
                        request.session(),
                        settings.target(),
                        request.sampling(),
                        committed.all(),
                        plan)));
    }

    private void close(WorkerState worker) {
        worker.onClosed();
        out.accept(new Action.CloseWorker(worker.worker().id()));
    }

    private void advance(WorkerState worker, long now) {
        int from = worker.told();
        DraftPlan plan = planFor(worker, now);
        worker.onAdvanced(committed.size(), plan.draftUpTo(), now);
        out.accept(new Action.Advance(
                worker.worker().id(),
                new DraftFrame.Advance(from, committed.branchBefore(from), committed.from(from), plan)));
    }

    private void onNonsense(WorkerState worker) {
        int count = worker.onNonsense();
        if (count == 1) {
            note(NoteCode.WORKER_INVALID_FRAME, worker.worker().id() + ": a guess beyond what it may draft");
        } else if (count > NONSENSE_MAX) {
            note(NoteCode.WORKER_LOST, worker.worker().id() + ": too much nonsense");
            close(worker);
        }
    }

    private @Nullable WorkerState idleBusyWorker(long now) {
        for (WorkerState worker : workers) {
            boolean free = !worker.isAsked() || now > worker.patienceEnds();
            if (worker.isBusy() && worker.status() == WorkerState.Status.READY && free) {
                return worker;
            }
        }
        return null;
    }

    private @Nullable WorkerState find(WorkerId id) {
        for (WorkerState worker : workers) {
            if (worker.worker().id().equals(id)) {
                return worker;
            }
        }
        return null;
    }

    private void note(NoteCode code, String detail) {
        out.accept(new Action.Note(code, detail));
    }
}
