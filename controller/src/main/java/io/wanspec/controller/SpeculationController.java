package io.wanspec.controller;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.controller.estimate.TargetEstimate;
import io.wanspec.controller.lookup.FreeDrafter;
import io.wanspec.controller.lookup.PromptLookup;
import io.wanspec.controller.policy.VerifyRule;
import io.wanspec.controller.policy.WaitRule;
import io.wanspec.controller.tree.Frontier;
import io.wanspec.controller.tree.Selection;
import java.util.ArrayList;
import java.util.List;

/**
 * One session's decisions: what to draft, verify and emit.
 *
 * <p>The text is what the target commits; drafts and timing only decide how many tokens a round commits. Invariants, after
 * every event: what was emitted is a prefix of what is committed; at most one round is outstanding; a run and a window are
 * within their settings; there is no action after {@link Action.Finish} or {@link Action.Fail}.
 */
public final class SpeculationController {
    private static final long NEVER = Long.MAX_VALUE;

    /** A draft less likely than this is never worth the target's time. */
    private static final double PROBABILITY_MIN = 1e-3;

    /** How surely a draft must save more time than it costs the target, as a share of break-even. */
    private static final double VERIFY_EAGERNESS = 0.7;

    /** Longest wait for drafts before a round, whatever the rules say. */
    private static final long STALL_MAX_NANOS = 1_000_000_000L;

    /** Shortest wait that is worth a timer. */
    private static final long TICK_NANOS = 500_000L;

    private final GenerationRequest request;
    private final ControllerSettings settings;
    private final Committed committed;
    private final DraftTree tree;
    private final Counts counts = new Counts();
    private final TargetEstimate estimate;
    private final LearnedEstimates learned;
    private final StopGate gate;
    private final FreeDrafter lookup;
    private final Filler filler = new Filler();
    private final DraftSide drafts;
    private final TargetSide target;
    private List<Action> out = new ArrayList<>();
    private long deadlineAt = NEVER;
    private long wakeAt = NEVER;
    private long readyAt = NEVER;
    private long lastAnswerAt;
    private boolean done;

    public SpeculationController(GenerationRequest request, ControllerSettings settings) {
        this(request, settings, LearnedEstimates.none());
    }

    /** @param earlier what requests with the same target and workers have taught */
    public SpeculationController(GenerationRequest request, ControllerSettings settings, LearnedEstimates earlier) {
        this(request, settings, earlier, settings.lookupTokens() > 0 ? new PromptLookup() : FreeDrafter.NONE);
    }

    /** @param lookup guesses for free where no draft is at hand, up to {@link ControllerSettings#lookupTokens} */
    public SpeculationController(
            GenerationRequest request, ControllerSettings settings, LearnedEstimates earlier, FreeDrafter lookup) {
        this.request = request;
        this.learned = settings.guarded() ? earlier : LearnedEstimates.none();
        this.settings = learned.isResting() ? settings.withoutDrafts() : settings;
        this.lookup = lookup;
        lookup.onCommitted(request.prompt());
        this.committed = new Committed(request.prompt(), request.maxTokens());
        this.tree = new DraftTree(request.prompt(), Limits.DRAFT_TREE_NODES_MAX);
        this.estimate = new TargetEstimate(learned.acceptance(), learned.tokenShare(), learned.calibration());
        this.gate = new StopGate(request.stop());
        this.drafts = new DraftSide(
                request, this.settings, committed, tree, counts, estimate, learned.priceFactor(), this::act);
        this.target = new TargetSide(request, settings, committed, this::act);
    }

    /** Takes one event and returns what is to be done, in order. After the last action it returns nothing more. */
    public List<Action> handle(Event event) {
        if (done) {
            return List.of();
        }
        long now = event.atNanos();
        switch (event) {
            case Event.Started started -> onStarted(now);
            case Event.TargetReady ready -> onTargetReady(ready.frame(), now);
            case Event.TargetVerified verified -> onVerified(verified.frame(), now);
            case Event.TargetForgotPrefix forgot -> onForgotten(forgot.frame(), now);
            case Event.TargetLost lost -> onTargetLost(lost.reason(), lost.mayRetry(), now);
            case Event.WorkerReady ready -> drafts.onReady(ready.worker(), ready.frame());
            case Event.WorkerDrafted drafted -> drafts.onDrafted(drafted.worker(), drafted.frame(), now);
            case Event.WorkerLost lost -> drafts.onLost(lost.worker(), lost.reason(), lost.mayRetry(), now);
            case Event.Woken woken -> onWoken(now);
            case Event.ClientGone gone -> finish(FinishReason.CANCELLED, now);
        }
        if (!done) {
            proceed(now);
        }
        List<Action> actions = out;
        out = new ArrayList<>();
        return actions;
    }

    private void onStarted(long now) {
        counts.onStarted(now);
        lastAnswerAt = now;
        if (!learned.reason().isEmpty()) {
            act(new Action.Note(NoteCode.SPECULATION_HELD_BACK, learned.reason()));
        }
        deadlineAt = now + settings.deadline().toNanos();
        target.open(now);
        drafts.openAll(now);
    }

    private void onTargetReady(TargetFrame.Ready frame, long now) {
        String fault = target.onReady(frame, now);
        readyAt = readyAt == NEVER ? now : readyAt;
        if (fault != null) {
            fail(FailureCode.TARGET_UNAVAILABLE, fault, now);
        }
    }

    private void onForgotten(TargetFrame.PrefixUnknown frame, long now) {
        if (!target.onForgotten(frame, now)) {
            fail(FailureCode.TARGET_UNAVAILABLE, "the target endpoint keeps losing the prefix", now);
        }
    }

    private void onTargetLost(String reason, boolean mayRetry, long now) {
        if (!mayRetry || !target.onLost(reason, now)) {
            fail(FailureCode.TARGET_UNAVAILABLE, reason, now);
        }
    }

    private void onWoken(long now) {
        // A wake-up that was replaced leaves the one that replaced it armed; else each of them would ask for another.
        wakeAt = now >= wakeAt ? NEVER : wakeAt;
        if (now >= deadlineAt) {
            fail(FailureCode.DEADLINE_EXCEEDED, "the request took longer than " + settings.deadline(), now);
        } else if (now >= target.dueAt()) {
            if (target.isPausing()) {
                target.open(now);
            } else {
                act(new Action.CloseTarget());
                onTargetLost("no answer within " + settings.limits().passTimeout(), true, now);
            }
        }
        if (!done) {
            drafts.reopenDue(now);
        }
    }

    private void onVerified(TargetFrame.Verified frame, long now) {
        TargetFrame.Verify asked = target.answered(frame);
        if (asked == null) {
            return;
        }
        if (!isAnswerTo(asked, frame)) {
            fail(FailureCode.TARGET_UNAVAILABLE, "the target's answer does not fit the round", now);
            return;
        }
        counts.onRound(asked.drafts().depth(), frame.accepted(), now);
        int drafts = asked.drafts().size();
        estimate.onRound(drafts, frame.tokens().size(), now - target.askedAt(), now - lastAnswerAt);
        filler.onCommitted(frame.tokens());
        target.onAnswer(now);
        lastAnswerAt = now;
        commit(frame, now);
    }

    private static boolean isAnswerTo(TargetFrame.Verify asked, TargetFrame.Verified frame) {
        return frame.position() == asked.position()
                && frame.branch().equals(asked.branch())
                && asked.drafts().depthOf(frame.tokens().slice(0, frame.accepted())) == frame.accepted()
                && frame.tokens().size() <= frame.accepted() + 1;
    }

    private void commit(TargetFrame.Verified frame, long now) {
        int from = committed.size();
        int room = request.maxTokens() - committed.generatedTokens();
        int kept = 0;
        StringBuilder text = new StringBuilder();
        while (kept < frame.tokens().size() && kept < room && !gate.isStopped()) {
            text.append(gate.pass(frame.pieces().get(kept++)));
        }
        Tokens tokens = frame.tokens().slice(0, kept);
        committed.append(tokens);
        boolean ended = frame.ended() && kept == frame.tokens().size();
        boolean last = ended || gate.isStopped() || committed.generatedTokens() == request.maxTokens();
        if (last) {
            text.append(gate.flush());
        }
        counts.onText(text.toString());
        act(new Action.Emit(tokens, text.toString()));
        act(new Action.Checkpoint(from, tokens));
        if (last) {
            finish(ended || gate.isStopped() ? FinishReason.STOP : FinishReason.LENGTH, now);
        } else {
            boolean onMainLine = followsBestPath(tokens);
            tree.commit(tokens);
            lookup.onCommitted(tokens);
            drafts.onCommitted(onMainLine, tree.position(Frontier.ofBestPath(tree)) + 1, now);
        }
    }

    /** Whether the draft's first choices were right as far as they are known; learns from each. */
    private boolean followsBestPath(Tokens tokens) {
        int node = tree.root();
        boolean follows = true;
        for (int i = 0; i < tokens.size() && node != DraftTree.NONE && !tree.isLeaf(node); i++) {
            int guess = tree.bestChild(node);
            boolean right = tree.token(guess) == tokens.get(i);
            estimate.onGuess(Math.exp(tree.surprisal(node) - tree.surprisal(guess)), right);
            follows &= right;
            node = tree.child(node, tokens.get(i));
        }
        return follows;
    }

    private void proceed(long now) {
        int room = Math.min(settings.runLength(), request.maxTokens() - committed.generatedTokens() - 1);
        drafts.askBusyWorker(room, neededAt(now), now);
        long retryAt = NEVER;
        if (target.isIdle()) {
            retryAt = waitUntil(room, now);
            if (retryAt <= now) {
                Selection run = select(room);
                counts.onStall(now - target.idleSince());
                fillIn(run, room);
                target.verify(run.toTokenTree(), now);
                retryAt = NEVER;
            }
        }
        wake(retryAt, now);
    }

    /** When the target could use another guess first. */
    private long neededAt(long now) {
        return target.isIdle() ? now : target.askedAt() + estimate.passNanos(target.draftsOutstanding());
    }

    private Selection select(int room) {
        if (settings.verify().fixed()) {
            return VerifyRule.chain(tree, room, Double.MIN_NORMAL);
        }
        return settings.verify().tree()
                ? VerifyRule.tree(tree, room, probabilityMin())
                : VerifyRule.chain(tree, room, probabilityMin());
    }

    /** How likely a draft must be for the target's time to be worth it. */
    private double probabilityMin() {
        return Math.max(PROBABILITY_MIN, VERIFY_EAGERNESS * estimate.tokenNanos() / estimate.nanosPerToken());
    }

    /** Behind what is known the round takes along what needs no draft, as far as it is likely enough to be right. */
    private void fillIn(Selection run, int room) {
        filler.clear();
        int end = Frontier.ofBestPath(tree);
        int most = Math.min(settings.lookupTokens(), room - run.size());
        if (most <= 0 || !run.holds(end)) {
            return;
        }
        int worthIt = filler.worthTaking(Math.exp(-tree.surprisal(end)), probabilityMin(), most);
        if (worthIt > 0) {
            Tokens path = pathTo(end);
            Tokens guesses = lookup.continuation(path, worthIt);
            filler.taken(path, guesses);
            run.addBehind(end, guesses);
        }
    }

    private Tokens pathTo(int node) {
        int[] path = new int[tree.depth(node)];
        int at = node;
        for (int i = path.length - 1; i >= 0; i--) {
            path[i] = tree.token(at);
            at = tree.parent(at);
        }
        return Tokens.of(path);
    }

    /** When to look again whether to verify; the present for at once. */
    private long waitUntil(int room, long now) {
        long patience = target.idleSince() + STALL_MAX_NANOS;
        int end = Frontier.ofBestPath(tree);
        int known = tree.depth(end);
        if (known >= room || now >= patience) {
            return now;
        }
        int next = committed.size() + known;
        if (settings.verify().fixed()) {
            return Math.min(patience, Math.max(now, drafts.patienceEnds(next, now)));
        }
        double reached = Math.exp(-tree.surprisal(end));
        boolean waits = WaitRule.isWorthWaiting(
                reached,
                room - known,
                estimate.acceptance(),
                settings.waitWorth() * estimate.nanosPerToken(),
                estimate.tokenNanos(),
                now,
                j -> drafts.arrivalOf(next + j, reached, now));
        return waits ? Math.min(patience, Math.max(drafts.arrivalOf(next, reached, now), now + TICK_NANOS)) : now;
    }

    private void wake(long retryAt, long now) {
        long next = Math.min(Math.min(retryAt, deadlineAt), Math.min(target.dueAt(), drafts.nextReopening()));
        if (next != wakeAt && next != NEVER) {
            act(new Action.WakeAt(Math.max(next, now)));
        }
        wakeAt = next;
    }

    private LearnedEstimates learned(long now) {
        long nanos = readyAt == NEVER ? 0 : now - readyAt;
        return learned.after(committed.generatedTokens(), nanos, estimate, drafts.busyPassNanos());
    }

    private void finish(FinishReason reason, long now) {
        drafts.closeAll();
        act(new Action.Finish(reason, counts.tally(committed.generated(), learned(now), now)));
        done = true;
    }

    private void fail(FailureCode code, String message, long now) {
        String rest = gate.flush();
        if (!rest.isEmpty()) {
            counts.onText(rest);
            act(new Action.Emit(Tokens.none(), rest));
        }
        drafts.closeAll();
        act(new Action.Fail(code, message, counts.tally(committed.generated(), learned(now), now)));
        done = true;
    }

    private void act(Action action) {
        out.add(action);
    }
}
