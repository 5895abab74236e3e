package io.wanspec.simulator.fault;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.Event;
import io.wanspec.controller.LinkLoss;
import io.wanspec.controller.NoteCode;
import org.jspecify.annotations.Nullable;

/** What the controller may ask of its target, and why it may give up. */
final class TargetInvariants {
    /** Longest wait for drafts, and what a late wake-up adds. */
    private static final long IDLE_NANOS_MAX = 1_000_000_000L + 50_000_000L;

    /** How much later than asked for a wake-up comes at most. */
    private static final long LATE_NANOS = 50_000_000;

    private final ControllerSettings settings;
    private final int lastPosition;
    private final boolean begun;
    private boolean opening;
    private boolean ready;
    private TargetFrame.@Nullable Verify outstanding;
    private long rounds;
    private long idleSince;
    private long askedAt;
    private long openedAt;
    private boolean used;
    private int inVain;
    private int brokenOpening;
    private int broken;
    private boolean everReady;
    private long firstOpenedAt = -1;
    private boolean mustFail;

    /** Whether it need not be asked for each token: nobody drafts, or no more. */
    private boolean plain;

    /** @param begun whether functions before this one have committed something */
    TargetInvariants(ControllerSettings settings, int lastPosition, boolean begun) {
        this.settings = settings;
        this.begun = begun;
        this.lastPosition = lastPosition;
        plain = settings.runLength() == 0
                || (settings.guarded() && settings.workers().isEmpty());
    }

    /** Before the controller gets it. */
    void onEvent(Event event) {
        if (opening || outstanding != null) {
            long limit = settings.limits().passTimeout().toNanos() + LATE_NANOS;
            InvariantCheck.atMost(event.atNanos() - askedAt, limit, "nanoseconds without an answer of the target");
        }
        switch (event) {
            case Event.TargetReady heard
            when opening -> {
                opening = false;
                ready = true;
                everReady = true;
                idleSince = heard.atNanos();
                mustFail |= !heard.frame()
                        .model()
                        .weights()
                        .equals(settings.target().weights());
            }
            case Event.TargetVerified heard
            when restAfter(heard.frame()) instanceof Rest(var rest) -> {
                outstanding = rest;
                askedAt = heard.atNanos();
                idleSince = heard.atNanos();
                inVain = 0;
                brokenOpening = 0;
                broken = 0;
            }
            case Event.TargetForgotPrefix heard
            when isOutstanding(heard.frame().round().number()) -> {
                inVain++;
                onGone();
            }
            case Event.TargetLost lost -> onLost(lost.loss());
            default -> {}
        }
    }

    /** What is left of the outstanding round behind an answer. */
    private record Rest(TargetFrame.@Nullable Verify round) {}

    /** A round that goes on has several answers, each of which may be repeated. @return null for what is no news */
    private @Nullable Rest restAfter(TargetFrame.Verified answer) {
        TargetFrame.Verify asked = outstanding;
        if (asked == null || !asked.round().equals(answer.round()) || answer.position() < asked.position()) {
            return null;
        }
        return new Rest(answer.goesOn() ? asked.behind(answer) : null);
    }

    private boolean isOutstanding(long round) {
        return outstanding != null && outstanding.round().number() == round;
    }

    /** Whoever is busy may be asked again as often as there is time. */
    private void onLost(LinkLoss loss) {
        mustFail |= loss == LinkLoss.FINAL || (loss == LinkLoss.STARTING && !begun && !everReady && broken == 0);
        if (loss != LinkLoss.BUSY) {
            inVain += ready && loss != LinkLoss.UNREACHABLE ? 1 : 0;
            brokenOpening += opening && loss == LinkLoss.BROKEN ? 1 : 0;
            broken++;
        }
        onGone();
    }

    private void onGone() {
        opening = false;
        ready = false;
        outstanding = null;
    }

    void onClose(long now) {
        boolean moves = ready && outstanding == null;
        if (moves) {
            InvariantCheck.atMost(linkLifeNanos(), now - openedAt, "link life of a link that is left");
            onGone();
        } else {
            onLost(LinkLoss.BROKEN);
        }
    }

    private long linkLifeNanos() {
        return settings.limits().linkLife().toNanos();
    }

    void onOpen(TargetFrame.Open frame, Tokens committed, int promptTokens, long now) {
        firstOpenedAt = firstOpenedAt < 0 ? now : firstOpenedAt;
        int attempts = settings.limits().reopenAttempts();
        InvariantCheck.atMost(inVain, attempts, "openings of a target that answers nothing");
        InvariantCheck.atMost(inVain + brokenOpening, attempts + 1, "openings of a target that its prefix may end");
        InvariantCheck.that(!opening && !ready, "the target is opened while its link lives");
        InvariantCheck.same(frame.prefix(), committed, "what the target is opened with");
        InvariantCheck.same(frame.promptTokens(), promptTokens, "the prompt's tokens");
        opening = true;
        openedAt = now;
        used = false;
        askedAt = now;
    }

    void onNote(NoteCode code) {
        plain |= code == NoteCode.SPECULATION_HELD_BACK;
    }

    void onVerify(TargetFrame.Verify frame, Tokens committed, long now) {
        InvariantCheck.that(ready, "a round without a target");
        InvariantCheck.that(outstanding == null, "one round at a time");
        InvariantCheck.that(
                !used || now - openedAt < linkLifeNanos(), "a round begins on a link that has lived its time");
        used = true;
        InvariantCheck.same(frame.round().number(), ++rounds, "number of a round");
        InvariantCheck.same(frame.position(), committed.size(), "position of a round");
        InvariantCheck.same(frame.branch(), Branch.of(committed), "branch of a round");
        int room = Math.min(settings.runLength(), lastPosition - committed.size());
        TokenTree drafts = frame.drafts();
        InvariantCheck.atMost(drafts.size(), room, "drafts of a round");
        InvariantCheck.that(DraftInvariants.areSiblingsDistinct(drafts), "siblings among drafts must differ");
        boolean branches = settings.verify().tree() && !settings.verify().fixed();
        InvariantCheck.that(branches || drafts.depth() == drafts.size(), "drafts must be a chain");
        int alone = plain && drafts.size() == 0 ? lastPosition - committed.size() : 0;
        InvariantCheck.atMost(frame.onward(), Math.max(0, alone), "tokens that the target goes on with");
        InvariantCheck.atMost(now - idleSince, IDLE_NANOS_MAX, "nanoseconds that the target waits");
        outstanding = frame;
        askedAt = now;
    }

    /** Whether that the target is given up has a reason. */
    void onGivenUp(long now) {
        int attempts = settings.limits().reopenAttempts();
        InvariantCheck.that(
                mustFail
                        || inVain > attempts
                        || inVain + brokenOpening > attempts + 1
                        || (isOverdue(now) && broken > attempts),
                "the target is given up after " + inVain + " links in vain, " + brokenOpening + " broken in opening, "
                        + broken + " broken");
    }

    private boolean isOverdue(long now) {
        return !everReady
                && now - firstOpenedAt >= settings.limits().beginsWithin().toNanos();
    }

    void onFinish() {
        InvariantCheck.that(!mustFail, "a target that must not go on did");
    }
}
