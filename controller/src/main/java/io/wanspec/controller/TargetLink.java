package io.wanspec.controller;

import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.RoundId;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.compatibility.Compatibility;
import io.wanspec.contracts.compatibility.Requirement;
import io.wanspec.contracts.frame.TargetFrame;
import java.time.Duration;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The target link of a session: at most one round outstanding. A target that is lost is waited for, and its link opened again at a
 * pace that is bounded: until the deadline, if the session had it before; for a short time, if it never did. Only where it is lost
 * again and again as soon as it is asked the same, by a round or by the prefix of a new link, the session gives it up.
 */
final class TargetLink {
    private static final Duration REOPEN_PAUSE = Duration.ofMillis(250);
    private static final int REOPEN_DOUBLINGS = 3;
    private static final Duration BUSY_PAUSE = Duration.ofMillis(100);
    private static final int BUSY_DOUBLINGS = 4;

    /** How many losses while a link is being opened are suffered beyond those of links that were ready. */
    private static final int MORE_OPENINGS = 1;

    private static final long NEVER = EventTime.NEVER;

    private final SessionContext session;
    private final long passTimeoutNanos;
    private Status status = Status.CLOSED;
    private TargetFrame.@Nullable Verify outstanding;
    private long rounds;

    /** Position of the outstanding round's first tokens. */
    private int roundBegan;

    private int timesBroken;
    private int timesBusy;

    /** How often the link was lost, or its prefix, after it had been ready, since the last answer. */
    private int timesInVain;

    /** How often it broke before it was ready, although it had been taken, since the last answer. */
    private int timesBrokenOpening;

    private boolean everReady;
    private long beginsBy = NEVER;
    private String missing = "";
    private long missingSince;
    private long missingNanos;
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

    /** The first time. */
    void begin() {
        beginsBy = session.now() + session.settings().limits().beginsWithin().toNanos();
        open();
    }

    private void open() {
        status = Status.OPENING;
        outstanding = null;
        openedAt = session.now();
        used = false;
        dueAt = session.now() + passTimeoutNanos;
        OptionalInt logprobs = session.request().logprobs();
        session.act(new Action.OpenTarget(new TargetFrame.Open(
                // The host puts the version that was agreed on in its place, and the caller.
                ProtocolVersion.CURRENT,
                session.request().session(),
                session.request().sampling(),
                session.committed().all(),
                session.request().prompt().size(),
                null,
                logprobs.isPresent() ? logprobs.getAsInt() : null)));
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
        missingNanos = missingNanos();
        missing = "";
        everReady = true;
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

    /** When the outstanding round began, or the pass that it goes on with. */
    long askedAt() {
        return askedAt;
    }

    /** How many draft tokens the outstanding round carries; 0 if none is. */
    int draftsOutstanding() {
        return outstanding == null ? 0 : outstanding.drafts().size();
    }

    /** @param onward how many tokens the target shall make by itself behind the round */
    void verify(TokenTree drafts, int onward) {
        Committed committed = session.committed();
        TargetFrame.Verify frame = new TargetFrame.Verify(
                new RoundId(++rounds), committed.size(), committed.branchBefore(committed.size()), drafts, onward);
        outstanding = frame;
        roundBegan = frame.position();
        askedAt = session.now();
        dueAt = session.now() + passTimeoutNanos;
        session.act(new Action.Verify(frame));
    }

    /** The round that this answers, or null if it answers none that is outstanding. */
    TargetFrame.@Nullable Verify answered(RoundId round) {
        TargetFrame.Verify asked = outstanding;
        return asked != null && asked.round().equals(round) ? asked : null;
    }

    /** Whether it repeats one of the answers that the outstanding round, which goes on, has had. */
    boolean isRepeated(TargetFrame.Verified answer) {
        return outstanding != null && answer.position() >= roundBegan && answer.position() < outstanding.position();
    }

    /** The outstanding round was answered, or a part of it: the target goes on by itself then. */
    void onAnswer(TargetFrame.Verify asked, TargetFrame.Verified answer) {
        idleSince = session.now();
        if (answer.goesOn()) {
            outstanding = asked.behind(answer);
            askedAt = session.now();
            dueAt = session.now() + passTimeoutNanos;
        } else {
            outstanding = null;
            dueAt = NEVER;
        }
        timesBroken = 0;
        timesBusy = 0;
        timesInVain = 0;
        timesBrokenOpening = 0;
        used = true;
    }

    /** The endpoint does not hold the prefix: it is sent anew, unless that was tried too often. */
    Verdict onForgotten(TargetFrame.PrefixUnknown frame) {
        if (answered(frame.round()) == null) {
            return USABLE;
        }
        timesInVain++;
        if (isInVain()) {
            return new Verdict.Unusable("the target endpoint keeps losing the prefix");
        }
        session.note(NoteCode.TARGET_FORGOT_PREFIX, "round " + frame.round().number());
        open();
        return USABLE;
    }

    /** The link broke: it is opened again after a pause, unless that is of no use. */
    Verdict onLost(String reason, LinkLoss loss) {
        return switch (loss) {
            case FINAL -> new Verdict.Unusable(reason);
            case BROKEN, UNREACHABLE ->
                isGivenUp(loss)
                        ? new Verdict.Unusable(reason)
                        : pause(reason, REOPEN_PAUSE, REOPEN_DOUBLINGS, timesBroken++);
            case STARTING ->
                isFirstWord() || isGivenUp(loss)
                        ? new Verdict.Unusable(FailureCode.TARGET_STARTING, reason)
                        : pause(reason, REOPEN_PAUSE, REOPEN_DOUBLINGS, timesBroken++);
            case BUSY -> pause(reason, BUSY_PAUSE, BUSY_DOUBLINGS, timesBusy++);
        };
    }

    /** Nothing has begun, and whoever asks can come again when there is an instance: that takes minutes. */
    private boolean isFirstWord() {
        return !everReady && timesBroken == 0 && session.resumedFrom().isNone();
    }

    /** A target that was there is waited for until the deadline, unless what it is asked may be what ends it. */
    private boolean isGivenUp(LinkLoss loss) {
        count(loss);
        boolean overdue = !everReady && session.now() >= beginsBy && timesBroken >= reopenAttempts();
        return overdue || isInVain();
    }

    /** Whoever could not be reached, or says that it is starting, has not been asked for anything. */
    private void count(LinkLoss loss) {
        if (status == Status.READY && loss != LinkLoss.UNREACHABLE) {
            timesInVain++;
        } else if (status == Status.OPENING && loss == LinkLoss.BROKEN) {
            timesBrokenOpening++;
        }
    }

    /** Whether too often nothing came of a link that was taken. While it is being opened, a server that is started again may lose it, too. */
    private boolean isInVain() {
        return timesInVain > reopenAttempts() || timesInVain + timesBrokenOpening > reopenAttempts() + MORE_OPENINGS;
    }

    private int reopenAttempts() {
        return session.settings().limits().reopenAttempts();
    }

    private Verdict pause(String reason, Duration first, int doublings, int times) {
        status = Status.PAUSING;
        outstanding = null;
        dueAt = session.now()
                + BackOff.nanos(first, doublings, times, session.request().session());
        missingSince = missing.isEmpty() ? session.now() : missingSince;
        missing = reason;
        session.note(NoteCode.TARGET_REOPENED, reason);
        return USABLE;
    }

    /** Why the target is waited for; empty while it is there. */
    String missing() {
        return missing;
    }

    /** How long it was waited for after it had been there. */
    long missingNanos() {
        return missingNanos + (missing.isEmpty() || !everReady ? 0 : session.now() - missingSince);
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
