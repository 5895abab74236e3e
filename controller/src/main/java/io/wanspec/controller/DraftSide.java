package io.wanspec.controller;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.controller.estimate.TargetEstimate;
import io.wanspec.controller.policy.Redundancy;
import io.wanspec.controller.policy.RedundancyRule;
import io.wanspec.controller.policy.WindowRule;
import io.wanspec.controller.tree.DraftNode;
import io.wanspec.controller.tree.DraftTree;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The draft workers of a session: what they are told, what they send, and when their next guesses are due. */
final class DraftSide {
    private static final int NONSENSE_MAX = 64;
    private static final int ORPHANS_MAX = 8;
    private static final long REOPEN_PAUSE_NANOS = 500_000_000L;
    private static final long NEVER = Long.MAX_VALUE;

    private final GenerationRequest request;
    private final ControllerSettings settings;
    private final Committed committed;
    private final DraftTree tree;
    private final Counts counts;
    private final TargetEstimate estimate;
    private final Consumer<Action> out;
    private final List<WorkerState> workers = new ArrayList<>();
    private final List<Long> reopenAt = new ArrayList<>();
    private final List<Orphan> orphans = new ArrayList<>();

    /** A frame whose branch is not known yet: it overtook the one before it. */
    private record Orphan(WorkerState worker, DraftFrame.Drafted frame) {}

    DraftSide(
            GenerationRequest request,
            ControllerSettings settings,
            Committed committed,
            DraftTree tree,
            Counts counts,
            TargetEstimate estimate,
            Consumer<Action> out) {
        this.request = request;
        this.settings = settings;
        this.committed = committed;
        this.tree = tree;
        this.counts = counts;
        this.estimate = estimate;
        this.out = out;
        for (Worker worker : settings.workers()) {
            workers.add(new WorkerState(worker, workers.size()));
            reopenAt.add(NEVER);
        }
    }

    void openAll(long now) {
        workers.stream().filter(this::isOfUse).forEach(worker -> open(worker, now));
    }

    void closeAll() {
        workers.stream().filter(WorkerState::isAlive).forEach(this::close);
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
        if (mayRetry && attempt <= settings.reopenAttempts()) {
            reopenAt.set(worker.index(), now + (REOPEN_PAUSE_NANOS << (attempt - 1)));
        }
    }

    void reopenDue(long now) {
        for (WorkerState worker : workers) {
            if (reopenAt.get(worker.index()) <= now) {
                reopenAt.set(worker.index(), NEVER);
                note(NoteCode.WORKER_REOPENED, worker.worker().id().toString());
                open(worker, now);
            }
        }
    }

    long nextReopening() {
        return reopenAt.stream().mapToLong(Long::longValue).min().orElse(NEVER);
    }

    void onDrafted(WorkerId id, DraftFrame.Drafted frame, long now) {
        WorkerState worker = find(id);
        if (worker == null || !worker.isAlive()) {
            return;
        }
        counts.onDraftPasses(worker.worker().place(), frame.passes());
        worker.onPasses(frame.passes(), frame.passMicros());
        if (frame.position() + frame.tokens().size() > worker.everAllowed()) {
            onNonsense(worker);
        } else if (!place(worker, frame, now) && orphans.size() < ORPHANS_MAX) {
            orphans.add(new Orphan(worker, frame));
        } else {
            placeOrphans(now);
        }
    }

    /** Tells the workers what was committed, and marks those that it contradicts. */
    void onCommitted(long now) {
        orphans.removeIf(orphan -> orphan.frame().position() <= committed.size());
        for (WorkerState worker : workers) {
            if (worker.isInStep(now)
                    && worker.lastPosition() >= committed.size() - 1
                    && !tree.rootIsFrom(worker.index())) {
                worker.outOfStep(committed.size(), now);
            }
            if (worker.isAlive() && draftsUnasked(worker, now)) {
                advance(worker, Tokens.none(), allowance(worker, now), now);
            }
        }
    }

    /** Asks a busy-region worker for the guess behind {@code path}, if the redundancy rule says so. */
    void askBusyWorker(List<DraftNode> path, int runLimit, long now) {
        if (path.size() >= runLimit || draftsUnasked(Place.BUSY_REGION, now)) {
            return;
        }
        WorkerState busy = idleBusyWorker(now);
        if (busy != null && isWanted(busy, path, now)) {
            Tokens speculative = Tokens.none();
            for (DraftNode node : path) {
                speculative = speculative.plus(node.token());
            }
            int position = committed.size() + path.size();
            advance(busy, speculative, position + 1, now);
            busy.onAsked(position, now);
        }
    }

    /** When a guess of {@code position} is expected from anyone; {@link Long#MAX_VALUE} for never. */
    long arrivalOf(int position, long now) {
        int limit = committed.size() + settings.runLength();
        return workers.stream()
                .mapToLong(worker -> worker.arrivalIfAskedOn(position, limit, now))
                .min()
                .orElse(NEVER);
    }

    /** How long a full run is worth waiting for; 0 if nobody drafts {@code position}. */
    long patienceEnds(int position, long now) {
        return workers.stream()
                .filter(worker -> worker.arrivalOf(position, now) != NEVER)
                .mapToLong(WorkerState::patienceEnds)
                .max()
                .orElse(0);
    }

    private boolean isOfUse(WorkerState worker) {
        return !worker.isBusy() || !(settings.redundancy() instanceof Redundancy.Never) || !hasRemote();
    }

    private boolean hasRemote() {
        return workers.stream().anyMatch(worker -> !worker.isBusy());
    }

    private boolean hasLivingRemote(long now) {
        return workers.stream().anyMatch(worker -> !worker.isBusy() && worker.isAlive() && !worker.isSilent(now));
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

    private int allowance(WorkerState worker, long now) {
        int ahead = worker.isBusy() ? settings.runLength() : windowFor(worker);
        return Math.min(committed.size() + (draftsUnasked(worker, now) ? ahead : 0), lastUsefulPosition());
    }

    private int windowFor(WorkerState worker) {
        return WindowRule.window(
                settings.window(), estimate.acceptance(), worker.roundTripNanos(), estimate.nanosPerToken());
    }

    /** The last token of a request is always the target's own. */
    private int lastUsefulPosition() {
        return Math.max(committed.size(), request.prompt().size() + request.maxTokens() - 1);
    }

    private void open(WorkerState worker, long now) {
        int upTo = allowance(worker, now);
        worker.onOpening(committed.size(), upTo, now);
        out.accept(new Action.OpenWorker(
                worker.worker().id(),
                new DraftFrame.Open(
                        ProtocolVersion.CURRENT,
                        request.session(),
                        settings.target(),
                        request.sampling(),
                        committed.all(),
                        upTo)));
    }

    private void close(WorkerState worker) {
        worker.onClosed();
        out.accept(new Action.CloseWorker(worker.worker().id()));
    }

    private void advance(WorkerState worker, Tokens path, int upTo, long now) {
        int from = worker.told();
        worker.onAdvanced(committed.size(), upTo, now);
        out.accept(new Action.Advance(
                worker.worker().id(),
                new DraftFrame.Advance(from, committed.branchBefore(from), committed.from(from), path, upTo)));
    }

    /** @return whether the frame's branch is known, be it as a stale one */
    private boolean place(WorkerState worker, DraftFrame.Drafted frame, long now) {
        int position = frame.position();
        int skip = 0;
        if (position < committed.size()) {
            if (position < committed.promptTokens() || !committed.isPrefix(position, frame.branch())) {
                return true;
            }
            skip = Math.min(frame.tokens().size(), committed.size() - position);
            for (int i = 0; i < skip; i++) {
                if (frame.tokens().get(i) != committed.token(position + i)) {
                    worker.outOfStep(position + i + 1, committed.committedAt(position + i));
                    return true;
                }
            }
        } else if (!tree.knows(position, frame.branch())) {
            return false;
        }
        add(worker, frame, skip);
        worker.onUseful(position + frame.tokens().size() - 1, now);
        return true;
    }

    private void add(WorkerState worker, DraftFrame.Drafted frame, int skip) {
        int size = frame.tokens().size();
        if (skip < size) {
            tree.add(
                    frame.position() + skip,
                    frame.branch().then(frame.tokens().slice(0, skip)),
                    frame.tokens().from(skip),
                    frame.entropiesMilliNats().subList(skip, size),
                    worker.index());
        }
    }

    private void placeOrphans(long now) {
        boolean progress = true;
        while (progress) {
            progress = orphans.removeIf(
                    orphan -> orphan.worker().isAlive() && place(orphan.worker(), orphan.frame(), now));
        }
    }

    private void onNonsense(WorkerState worker) {
        int count = worker.onNonsense();
        if (count == 1) {
            note(NoteCode.WORKER_NONSENSE, worker.worker().id() + ": a guess beyond what it may draft");
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

    private boolean isWanted(WorkerState busy, List<DraftNode> path, long now) {
        int position = committed.size() + path.size();
        boolean inStep = workers.stream().anyMatch(worker -> !worker.isBusy() && worker.isInStep(now));
        long remoteArrival = workers.stream()
                .filter(worker -> !worker.isBusy())
                .mapToLong(worker -> worker.arrivalOf(position, now))
                .min()
                .orElse(NEVER);
        long busyArrival = now + busy.roundTripNanos() + busy.passNanos();
        int entropy = path.isEmpty() ? 0 : path.getLast().entropyMilliNats();
        double gain = Math.pow(estimate.acceptance(), path.size() + 1) * estimate.nanosPerToken();
        return RedundancyRule.draftsInBusyRegion(
                settings.redundancy(),
                new RedundancyRule.Gap(inStep, remoteArrival, busyArrival, entropy, gain, busy.passNanos()));
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
