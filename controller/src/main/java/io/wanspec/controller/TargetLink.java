package io.wanspec.controller;

import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.RoundId;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.compatibility.Compatibility;
import io.wanspec.contracts.compatibility.Requirement;
import io.wanspec.contracts.frame.TargetFrame;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The target link of a session: at most one round outstanding, a bounded number of reopenings. */
final class TargetLink {
    private static final Duration REOPEN_PAUSE = Duration.ofMillis(250);
    private static final Duration BUSY_PAUSE = Duration.ofMillis(100);
    private static final long NEVER = EventTime.NEVER;

    private final SessionContext session;
    private final long passTimeoutNanos;
    private Status status = Status.CLOSED;
    private TargetFrame.@Nullable Verify outstanding;
    private long rounds;
    private int timesReopened;
    private int timesBusy;
    private long openedAt;
    private boolean used;
    private long idleSince;
    private long askedAt;
    private long dueAt = NEVER;

    private enum Status {
        CLOSED,
        OPENING,
        READY,
        PAUSING
    }

    /** Whether the session can go on with the link after what happened to it. */
    sealed interface Verdict {
        /** It can, perhaps after the link has been opened again. */
        record Usable() implements Verdict {}

        /** It cannot, for this reason: the request fails. */
        record Unusable(FailureCode code, String reason) implements Verdict {
            Unusable(String reason) {
                this(FailureCode.TARGET_UNAVAILABLE, reason);
            }
        }
    }

    private static final Verdict USABLE = new Verdict.Usable();

    TargetLink(SessionContext session) {
        this.session = session;
        passTimeoutNanos = session.settings().limits().passTimeout().toNanos();
    }

    void open() {
        status = Status.OPENING;
        outstanding = null;
        openedAt = session.now();
        used = false;
        dueAt = session.now() + passTimeoutNanos;
        session.act(new Action.OpenTarget(new TargetFrame.Open(
                // The host puts the version that was agreed on in its place, and the caller.
                ProtocolVersion.CURRENT,
                session.request().session(),
                session.request().sampling(),
                session.committed().all(),
                session.request().prompt().size())));
    }

    Verdict onReady(TargetFrame.Ready frame) {
        if (status != Status.OPENING) {
            return USABLE;
        }
        var weights = new Requirement.SameWeights(session.settings().target(), frame.model());
        if (Compatibility.judge(frame.protocol(), weights) instanceof Compatibility.Refusal refusal) {
            return new Verdict.Unusable(refusal.sentence());
        }
        status = Status.READY;
        idleSince = session.now();
        dueAt = NEVER;
        return USABLE;
    }

    /** Whether the link has lived so long that the platform may cut it within the next round. Each link has one at least. */
    boolean isDueToMove() {
        return isIdle()
                && used
                && session.now() - openedAt
                        >= session.settings().limits().linkLife().toNanos();
    }

    /** Leaves the link for a new one, between two rounds. */
    void move() {
        session.note(NoteCode.LINK_MOVED, "target");
        session.act(new Action.CloseTarget());
        open();
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

    /** How many draft tokens the outstanding round carries; 0 if none is. */
    int draftsOutstanding() {
        return outstanding == null ? 0 : outstanding.drafts().size();
    }

    void verify(TokenTree drafts) {
        Committed committed = session.committed();
        TargetFrame.Verify frame = new TargetFrame.Verify(
                new RoundId(++rounds), committed.size(), committed.branchBefore(committed.size()), drafts);
        outstanding = frame;
        askedAt = session.now();
        dueAt = session.now() + passTimeoutNanos;
        session.act(new Action.Verify(frame));
    }

    /** The round that this answers, or null if it answers none that is outstanding. */
    TargetFrame.@Nullable Verify answered(RoundId round) {
        TargetFrame.Verify asked = outstanding;
        return asked != null && asked.round().equals(round) ? asked : null;
    }

    /** The outstanding round was answered. */
    void onAnswer() {
        outstanding = null;
        idleSince = session.now();
        dueAt = NEVER;
        timesBusy = 0;
        used = true;
    }

    /** The endpoint does not hold the prefix: it is sent anew, unless that was tried too often. */
    Verdict onForgotten(TargetFrame.PrefixUnknown frame) {
        if (answered(frame.round()) == null) {
            return USABLE;
        }
        if (timesReopened++ >= session.settings().limits().reopenAttempts()) {
            return new Verdict.Unusable("the target endpoint keeps losing the prefix");
        }
        session.note(NoteCode.TARGET_FORGOT_PREFIX, "round " + frame.round().number());
        open();
        return USABLE;
    }

    /** The link broke: it is opened again after a pause, unless that is of no use or was tried too often. */
    Verdict onLost(String reason, LinkLoss loss) {
        return switch (loss) {
            case FINAL -> new Verdict.Unusable(reason);
            case STARTING -> new Verdict.Unusable(FailureCode.TARGET_STARTING, reason);
            // Not counted: the deadline is the bound, and it is what the request was admitted with.
            case BUSY ->
                pause(
                        reason,
                        BusyPause.nanos(
                                BUSY_PAUSE, timesBusy++, session.request().session()));
            case BROKEN ->
                timesReopened >= session.settings().limits().reopenAttempts()
                        ? new Verdict.Unusable(reason)
                        : pause(reason, REOPEN_PAUSE.toNanos() << timesReopened++);
        };
    }

    private Verdict pause(String reason, long nanos) {
        status = Status.PAUSING;
        outstanding = null;
        dueAt = session.now() + nanos;
        session.note(NoteCode.TARGET_REOPENED, reason);
        return USABLE;
    }

    /** When something has to happen although nothing came; {@link EventTime#NEVER} for never. */
    long dueAt() {
        return dueAt;
    }

    /** That time has come: the pause is over, or the endpoint does not answer. */
    Verdict onDue() {
        if (status == Status.PAUSING) {
            open();
            return USABLE;
        }
        session.act(new Action.CloseTarget());
        return onLost("no answer within " + session.settings().limits().passTimeout(), LinkLoss.BROKEN);
    }
}
