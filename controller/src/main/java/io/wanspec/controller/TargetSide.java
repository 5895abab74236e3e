package io.wanspec.controller;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.RoundId;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.frame.TargetFrame;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The target link of a session: at most one round outstanding, a bounded number of reopenings. */
final class TargetSide {
    private static final long REOPEN_PAUSE_NANOS = 250_000_000L;
    private static final long NEVER = Long.MAX_VALUE;

    private final GenerationRequest request;
    private final ControllerSettings settings;
    private final Committed committed;
    private final Consumer<Action> out;
    private Status status = Status.CLOSED;
    private TargetFrame.@Nullable Verify outstanding;
    private long rounds;
    private int reopened;
    private long idleSince;
    private long askedAt;
    private long dueAt = NEVER;

    private enum Status {
        CLOSED,
        OPENING,
        READY,
        PAUSING
    }

    TargetSide(GenerationRequest request, ControllerSettings settings, Committed committed, Consumer<Action> out) {
        this.request = request;
        this.settings = settings;
        this.committed = committed;
        this.out = out;
    }

    void open(long now) {
        status = Status.OPENING;
        outstanding = null;
        dueAt = now + settings.limits().passTimeout().toNanos();
        out.accept(new Action.OpenTarget(new TargetFrame.Open(
                ProtocolVersion.CURRENT,
                request.session(),
                request.sampling(),
                committed.all(),
                request.prompt().size())));
    }

    /** @return what is wrong with the endpoint, or null */
    @Nullable
    String onReady(TargetFrame.Ready frame, long now) {
        if (status != Status.OPENING) {
            return null;
        }
        if (!frame.protocol().equals(ProtocolVersion.CURRENT)) {
            return ProtocolVersion.CURRENT.refusalOf(frame.protocol());
        }
        if (!frame.model().weights().equals(settings.target().weights())) {
            return "the target endpoint now serves other weights than the request began with";
        }
        status = Status.READY;
        idleSince = now;
        dueAt = NEVER;
        return null;
    }

    boolean isIdle() {
        return status == Status.READY && outstanding == null;
    }

    long idleSince() {
        return idleSince;
    }

    /** When the outstanding round began. */
    long askedAt() {
        return askedAt;
    }

    /** How many drafts the outstanding round carries; 0 if none is. */
    int draftsOutstanding() {
        return outstanding == null ? 0 : outstanding.drafts().size();
    }

    void verify(TokenTree drafts, long now) {
        RoundId round = new RoundId(++rounds);
        TargetFrame.Verify frame =
                new TargetFrame.Verify(round, committed.size(), committed.branchBefore(committed.size()), drafts);
        outstanding = frame;
        askedAt = now;
        dueAt = now + settings.limits().passTimeout().toNanos();
        out.accept(new Action.Verify(frame));
    }

    /** The round that this answers, or null if it answers none that is outstanding. */
    TargetFrame.@Nullable Verify answered(TargetFrame.Verified frame) {
        TargetFrame.Verify asked = outstanding;
        return asked != null && asked.round().equals(frame.round()) ? asked : null;
    }

    void onAnswer(long now) {
        outstanding = null;
        idleSince = now;
        dueAt = NEVER;
    }

    /** @return whether the prefix is sent anew; false if that was tried too often */
    boolean onForgotten(TargetFrame.PrefixUnknown frame, long now) {
        TargetFrame.Verify asked = outstanding;
        if (asked == null || !asked.round().equals(frame.round())) {
            return true;
        }
        if (reopened++ >= settings.limits().reopenAttempts()) {
            return false;
        }
        note(NoteCode.TARGET_FORGOT_PREFIX, "round " + frame.round().number());
        open(now);
        return true;
    }

    /** @return whether the link will be opened anew; false if that was tried too often */
    boolean onLost(String reason, long now) {
        if (reopened >= settings.limits().reopenAttempts()) {
            return false;
        }
        status = Status.PAUSING;
        outstanding = null;
        dueAt = now + (REOPEN_PAUSE_NANOS << reopened++);
        note(NoteCode.TARGET_REOPENED, reason);
        return true;
    }

    /** When something has to happen although nothing came; {@link Long#MAX_VALUE} for never. */
    long dueAt() {
        return dueAt;
    }

    boolean isPausing() {
        return status == Status.PAUSING;
    }

    private void note(NoteCode code, String detail) {
        out.accept(new Action.Note(code, detail));
    }
}
