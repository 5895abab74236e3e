package io.wanspec.controller;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.controller.lookup.FreeDrafter;
import io.wanspec.controller.lookup.PredictedText;
import io.wanspec.controller.lookup.PromptLookup;
import java.util.List;

/**
 * One session's decisions: what to draft, verify and emit.
 *
 * <p>Every event goes the same way. It is taken in: {@link WorkerLinks} and {@link TargetLink} keep the links, {@link DraftIntake}
 * and {@link AnswerIntake} what comes over them. Then it is decided which redundant drafts the busy region is asked for
 * ({@link BusyRegionDrafting}) and what the next round takes ({@link RoundPlanner}), both by when draft tokens will arrive
 * ({@link ArrivalForecast}), and each decision is acted on.
 *
 * <p>The text is what the target commits; drafts and timing only decide how many tokens a round commits. Invariants, after
 * every event: what was emitted is a prefix of what is committed; at most one round is outstanding; a run and a window are
 * within their settings; there is no action after {@link Action.Finish} or {@link Action.Fail}.
 */
public final class SpeculationController {
    private static final long NEVER = EventTime.NEVER;

    private final SessionContext session;
    private final Workers workers;
    private final WorkerLinks workerLinks;
    private final TargetLink target;
    private final DraftIntake draftIntake;
    private final AnswerIntake answerIntake;
    private final LookupDrafts lookup;
    private final BusyRegionDrafting busyRegion;
    private final RoundPlanner rounds;
    private final WakeUp wakeUp;
    private long deadlineAt = NEVER;
    private long firstReadyAt = NEVER;
    private boolean ended;

    public SpeculationController(GenerationRequest request, ControllerSettings settings) {
        this(request, settings, LearnedEstimates.none());
    }

    /** @param earlier what requests with the same target and workers have taught */
    public SpeculationController(GenerationRequest request, ControllerSettings settings, LearnedEstimates earlier) {
        this(request, settings, earlier, Progress.none());
    }

    /**
     * Goes on where another controller ended: the text is the same as if that one had gone on.
     *
     * @param resumedFrom all its checkpoints, or the first of them
     */
    public SpeculationController(
            GenerationRequest request, ControllerSettings settings, LearnedEstimates earlier, Progress resumedFrom) {
        this(request, settings, earlier, resumedFrom, settings.lookupTokens() > 0 ? lookup(request) : FreeDrafter.NONE);
    }

    /** @param drafter draft tokens for free where workers have none, up to {@link ControllerSettings#lookupTokens} */
    public SpeculationController(
            GenerationRequest request, ControllerSettings settings, LearnedEstimates earlier, FreeDrafter drafter) {
        this(request, settings, earlier, Progress.none(), drafter);
    }

    private SpeculationController(
            GenerationRequest request,
            ControllerSettings settings,
            LearnedEstimates earlier,
            Progress resumedFrom,
            FreeDrafter drafter) {
        session = new SessionContext(request, settings, earlier, resumedFrom);
        workers = new Workers(session.settings().workers(), session.time());
        draftIntake = new DraftIntake(
                session.committed(), session.tree(), session.estimate().calibration());
        DraftPlanner planner = new DraftPlanner(session, workers);
        workerLinks = new WorkerLinks(session, workers, planner, draftIntake);
        target = new TargetLink(session);
        lookup = new LookupDrafts(session, drafter);
        answerIntake = new AnswerIntake(session, target, lookup);
        BusyPassPrice price = new BusyPassPrice(session, workers);
        ArrivalForecast forecast = new ArrivalForecast(workers, price);
        busyRegion = new BusyRegionDrafting(session, workers, planner, forecast, price, draftIntake);
        rounds = new RoundPlanner(session, target, forecast, lookup);
        wakeUp = new WakeUp(session);
    }

    private static FreeDrafter lookup(GenerationRequest request) {
        return request.prediction().isEmpty()
                ? new PromptLookup()
                : new PredictedText(request.prediction(), request.prompt().size());
    }

    /** Takes one event and returns what is to be done, in order. After the last action it returns nothing more. */
    public List<Action> handle(Event event) {
        if (ended) {
            return List.of();
        }
        session.time().enter(event.atNanos());
        takeIn(event);
        if (!ended) {
            // One after the other: the round may wait for what the busy region has just been asked for.
            busyRegion.choose(rounds.room(), rounds.neededAt(), rounds.rhythm()).ifPresent(workerLinks::ask);
            if (target.isDueToMove()) {
                target.move();
            }
            act(rounds.choose());
        }
        return session.drainActions();
    }

    /** Links, tree and estimates know of the event afterwards, and what follows from it without a choice is done. */
    private void takeIn(Event event) {
        switch (event) {
            case Event.Started started -> onStarted(started);
            case Event.TargetReady ready -> onTargetReady(ready);
            case Event.TargetVerified verified -> onAnswer(answerIntake.take(verified.frame()));
            case Event.TargetForgotPrefix forgot -> check(target.onForgotten(forgot.frame()));
            case Event.TargetLost lost -> check(target.onLost(lost.reason(), lost.loss()));
            case Event.WorkerReady ready -> workerLinks.onReady(ready.worker(), ready.frame());
            case Event.WorkerDrafted drafted -> workerLinks.onDrafted(drafted.worker(), drafted.frame());
            case Event.WorkerLost lost -> workerLinks.onLost(lost.worker(), lost.reason(), lost.loss());
            case Event.Woken woken -> onWoken();
            case Event.ClientGone gone -> finish(FinishReason.CANCELLED);
        }
    }

    private void act(RoundPlanner.Choice choice) {
        long lookAgainAt = switch (choice) {
            case RoundPlanner.Choice.Nothing nothing -> NEVER;
            case RoundPlanner.Choice.Wait wait -> wait.untilNanos();
            case RoundPlanner.Choice.Verify verify -> {
                session.counts().onStall(session.now() - target.idleSince());
                lookup.onRound(verify.tail());
                target.verify(verify.drafts(), rounds.onward());
                yield NEVER;
            }
        };
        wakeUp.at(Math.min(Math.min(lookAgainAt, deadlineAt), Math.min(target.dueAt(), workerLinks.nextReopening())));
    }

    private void onStarted(Event.Started started) {
        session.counts().onStarted(started.arrivedNanos());
        answerIntake.onStarted();
        String heldBack = session.learnedBefore().reason();
        // Who tries, while the others rest, is not held back.
        if (!heldBack.isEmpty()
                && (session.isPlain() || !session.learnedBefore().isResting())) {
            session.note(NoteCode.SPECULATION_HELD_BACK, heldBack);
        }
        deadlineAt = started.arrivedNanos() + session.settings().deadline().toNanos();
        target.begin();
        workerLinks.openAll();
    }

    private void onTargetReady(Event.TargetReady ready) {
        if (firstReadyAt == NEVER) {
            firstReadyAt = session.now();
        } else {
            answerIntake.onReadyAgain();
        }
        session.counts()
                .onCached(
                        ready.frame().cachedTokens(), session.request().prompt().size());
        check(target.onReady(ready.frame()));
    }

    private void onAnswer(AnswerIntake.Outcome outcome) {
        switch (outcome) {
            case AnswerIntake.Ignored ignored -> {}
            case AnswerIntake.Misfit misfit ->
                fail(FailureCode.TARGET_UNAVAILABLE, "the target's answer does not fit the round");
            case AnswerIntake.Commit commit -> {
                draftIntake.onCommitted();
                if (isLosing()) {
                    decodePlainly();
                }
                if (!session.isPlain()) {
                    workerLinks.onCommitted(commit);
                }
            }
            case AnswerIntake.Complete complete -> finish(complete.reason());
        }
    }

    private boolean isLosing() {
        return session.settings().guarded()
                && session.settings().runLength() > 0
                && session.loss().isTooMuch();
    }

    private void decodePlainly() {
        session.note(
                NoteCode.SPECULATION_HELD_BACK,
                "speculation takes longer than plain decoding here; the rest is decoded plainly");
        session.decodePlainly();
        workerLinks.leaveAll();
    }

    private void onWoken() {
        wakeUp.onWoken();
        if (session.now() >= deadlineAt) {
            fail(
                    FailureCode.DEADLINE_EXCEEDED,
                    "the request took longer than " + session.settings().deadline() + whyItWaits());
        } else if (session.now() >= target.dueAt()) {
            check(target.onDue());
        }
        if (!ended) {
            workerLinks.reopenDue();
        }
    }

    private String whyItWaits() {
        String missing = target.missing();
        return missing.isEmpty() ? "" : "; it waits for the target: " + missing;
    }

    private void check(TargetLink.Verdict verdict) {
        switch (verdict) {
            case TargetLink.Verdict.Usable usable -> {}
            case TargetLink.Verdict.Unusable unusable -> fail(unusable.code(), unusable.reason());
        }
    }

    private void finish(FinishReason reason) {
        workerLinks.closeAll();
        session.act(new Action.Finish(reason, tally()));
        ended = true;
    }

    private void fail(FailureCode code, String message) {
        answerIntake.flush();
        workerLinks.closeAll();
        session.act(new Action.Fail(code, message, tally()));
        ended = true;
    }

    private Tally tally() {
        LearnedEstimates learned = session.learnedBefore()
                .after(speculatedTokens(), speculatedNanos(), session.estimate(), workers.busyPassNanos());
        var placement = new PlacementReport(
                session.counts().choices(),
                workers.findings(),
                session.estimate().measuredPassNanos());
        return session.counts().tally(session.committed().generated(), learned, placement, session.now());
    }

    /**
     * How many tokens say something of speculation: none where earlier requests' lessons had held it back from the beginning, where
     * nobody was there to draft, or where the text was predicted, which says nothing of others.
     */
    private int speculatedTokens() {
        if (!workers.wasAnyReady() || !session.request().prediction().isEmpty()) {
            return 0;
        }
        if (session.isPlain()) {
            return session.loss().tokens();
        }
        return session.committed().generatedTokens()
                - session.resumedFrom().tokens().size();
    }

    /** What was waited for a target that was lost says nothing of it. */
    private long speculatedNanos() {
        if (session.isPlain()) {
            return session.loss().nanos();
        }
        return firstReadyAt == NEVER ? 0 : session.now() - firstReadyAt - target.missingNanos();
    }
}
