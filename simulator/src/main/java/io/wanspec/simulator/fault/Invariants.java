package io.wanspec.simulator.fault;

import io.wanspec.contracts.Tokens;
import io.wanspec.controller.Action;
import io.wanspec.controller.Event;
import io.wanspec.controller.FailureCode;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.Progress;
import io.wanspec.controller.StopRule;
import io.wanspec.controller.Tally;
import org.jspecify.annotations.Nullable;

/** Checks every event's actions; knows what the target alone would have said. */
final class Invariants {
    /** What a late wake-up adds to the deadline. */
    private static final long LATE_NANOS = 100_000_000;

    private final FaultCase fault;
    private final Expected expected;
    private final DraftInvariants drafts;
    private final TargetInvariants target;
    private final long startedAt;
    private final StringBuilder text;
    private Tokens committed;
    private int emitted;
    private int checkpointed;
    private boolean clientLeft;
    private @Nullable Action last;

    /**
     * @param resumedFrom what functions before this one have committed
     * @param startedAt when this one began
     */
    Invariants(FaultCase fault, Progress resumedFrom, long startedAt) {
        this.fault = fault;
        this.startedAt = startedAt;
        expected = Expected.of(fault.request(), fault.text());
        int lastPosition = fault.request().prompt().size() + fault.request().maxTokens() - 1;
        drafts = new DraftInvariants(fault.settings(), lastPosition);
        target = new TargetInvariants(fault.settings(), lastPosition, !resumedFrom.isNone());
        emitted = resumedFrom.tokens().size();
        checkpointed = emitted;
        committed = fault.request().prompt().plus(resumedFrom.tokens());
        text = new StringBuilder(String.join("", resumedFrom.shown(StopRule.of(fault.request()))));
        InvariantCheck.same(text.toString(), expected.shownText(emitted), "what is shown of what was remembered");
    }

    @Nullable
    Action last() {
        return last;
    }

    int emitted() {
        return emitted;
    }

    /** Before the controller gets it. */
    void onEvent(Event event) {
        target.onEvent(event);
        switch (event) {
            case Event.WorkerReady ready -> drafts.onReady(ready.worker());
            case Event.WorkerLost lost -> drafts.onGone(lost.worker());
            case Event.ClientGone gone -> clientLeft = true;
            default -> {}
        }
    }

    void onAction(Action action, long now) {
        InvariantCheck.that(last == null, "an action after the last");
        switch (action) {
            case Action.OpenTarget open ->
                target.onOpen(open.frame(), committed, fault.request().prompt().size(), now);
            case Action.CloseTarget close -> target.onClose(now);
            case Action.Verify verify -> target.onVerify(verify.frame(), committed, now);
            case Action.OpenWorker open -> drafts.onOpen(open.worker(), open.frame(), committed, now);
            case Action.Advance advance -> drafts.onAdvance(advance.worker(), advance.frame(), committed);
            case Action.Expand expand -> drafts.onExpand(expand.worker(), expand.frame(), committed);
            case Action.CloseWorker close -> drafts.onClose(close.worker(), now);
            case Action.Emit emit -> onEmit(emit);
            case Action.Checkpoint checkpoint -> onCheckpoint(checkpoint);
            case Action.WakeAt wake -> InvariantCheck.that(wake.atNanos() >= now, "a wake-up in the past");
            case Action.Finish finish -> onFinish(finish, now);
            case Action.Fail fail -> onFail(fail, now);
            case Action.Note note -> target.onNote(note.code());
        }
    }

    private void onEmit(Action.Emit emit) {
        InvariantCheck.same(emit.pieces().size(), Math.max(1, emit.tokens().size()), "a piece a token");
        for (int i = 0; i < emit.tokens().size(); i++) {
            InvariantCheck.that(emitted < expected.tokens().size(), "more tokens than target-only decoding gives");
            InvariantCheck.same(emit.tokens().get(i), expected.tokens().get(emitted), "token " + emitted);
            String before = expected.shownText(emitted++);
            InvariantCheck.same(before + emit.pieces().get(i), expected.shownText(emitted), "piece " + emitted);
        }
        committed = committed.plus(emit.tokens());
        text.append(emit.text());
        String raw = expected.rawText(emitted);
        InvariantCheck.that(raw.startsWith(text.toString()), "text runs ahead of its tokens: " + text + ", " + raw);
    }

    private void onCheckpoint(Action.Checkpoint checkpoint) {
        int prompt = fault.request().prompt().size();
        InvariantCheck.same(checkpoint.position(), prompt + checkpointed, "position of a checkpoint");
        checkpointed += checkpoint.tokens().size();
        InvariantCheck.same(checkpointed, emitted, "what is remembered");
        InvariantCheck.same(checkpoint.tokens(), committed.from(checkpoint.position()), "tokens of a checkpoint");
        String raw = expected.rawText(checkpointed - checkpoint.tokens().size())
                + String.join("", checkpoint.more().pieces());
        InvariantCheck.same(raw, expected.rawText(checkpointed), "text of a checkpoint");
    }

    private void onFinish(Action.Finish finish, long now) {
        end(finish, finish.tally(), now);
        target.onFinish();
        InvariantCheck.same(finish.reason() == FinishReason.CANCELLED, clientLeft, "cancelled");
        if (clientLeft) {
            InvariantCheck.that(expected.text().startsWith(text.toString()), "text beyond a stop string");
            return;
        }
        InvariantCheck.same(emitted, expected.tokens().size(), "tokens of a finished request");
        InvariantCheck.same(text.toString(), expected.text(), "text of a finished request");
        InvariantCheck.same(finish.reason() == FinishReason.STOP, expected.stopped(), "stopped");
    }

    private void onFail(Action.Fail fail, long now) {
        end(fail, fail.tally(), now);
        InvariantCheck.same(text.toString(), expected.rawText(emitted), "text of a failed request");
        if (fail.code() == FailureCode.DEADLINE_EXCEEDED) {
            InvariantCheck.that(now >= fault.settings().deadline().toNanos(), "the deadline is not over");
        } else {
            target.onGivenUp(now);
        }
    }

    private void end(Action action, Tally tally, long now) {
        last = action;
        drafts.onEnd();
        InvariantCheck.same(checkpointed, emitted, "what is remembered");
        InvariantCheck.same(tally.tokens(), expected.tokens().slice(0, emitted), "tokens of the tally");
        InvariantCheck.same(tally.text(), text.toString(), "text of the tally");
        InvariantCheck.same(tally.totalNanos(), now - startedAt, "time of the tally");
        InvariantCheck.that(tally.busyDraftPasses() >= 0 && tally.remoteDraftPasses() >= 0, "draft passes");
        InvariantCheck.atMost(now - startedAt, fault.settings().deadline().toNanos() + LATE_NANOS, "time of a request");
    }
}
