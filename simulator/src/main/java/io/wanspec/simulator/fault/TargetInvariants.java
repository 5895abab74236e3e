package io.wanspec.simulator.fault;

import io.wanspec.contracts.Branch;
import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.frame.TargetFrame;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.Event;
import io.wanspec.controller.LinkLoss;
import org.jspecify.annotations.Nullable;

/** What the controller may ask of its target, and why it may give up. */
final class TargetInvariants {
    /** Longest wait for drafts, and what a late wake-up adds. */
    private static final long IDLE_NANOS_MAX = 1_000_000_000L + 50_000_000L;

    /** How much later than asked for a wake-up comes at most. */
    private static final long LATE_NANOS = 50_000_000;

    private final ControllerSettings settings;
    private final int lastPosition;
    private boolean opening;
    private boolean ready;
    private TargetFrame.@Nullable Verify outstanding;
    private long rounds;
    private long idleSince;
    private long askedAt;
    private long openedAt;
    private boolean used;
    private int faults;
    private boolean mustFail;

    TargetInvariants(ControllerSettings settings, int lastPosition) {
        this.settings = settings;
        this.lastPosition = lastPosition;
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
                idleSince = heard.atNanos();
                mustFail |= !heard.frame()
                        .model()
                        .weights()
                        .equals(settings.target().weights());
            }
            case Event.TargetVerified heard
            when isOutstanding(heard.frame().round().number()) -> {
                outstanding = null;
                idleSince = heard.atNanos();
            }
            case Event.TargetForgotPrefix heard
            when isOutstanding(heard.frame().round().number()) -> onGone();
            case Event.TargetLost lost -> {
                onGone();
                // Whoever is busy may be asked again as often as there is time.
                faults -= lost.loss() == LinkLoss.BUSY ? 1 : 0;
                mustFail |= !lost.loss().mayRetry();
            }
            default -> {}
        }
    }

    private boolean isOutstanding(long round) {
        return outstanding != null && outstanding.round().number() == round;
    }

    private void onGone() {
        faults++;
        opening = false;
        ready = false;
        outstanding = null;
    }

    void onClose(long now) {
        boolean moves = ready && outstanding == null;
        if (moves) {
            InvariantCheck.atMost(linkLifeNanos(), now - openedAt, "link life of a link that is left");
            faults--;
        }
        onGone();
    }

    private long linkLifeNanos() {
        return settings.limits().linkLife().toNanos();
    }

    void onOpen(TargetFrame.Open frame, Tokens committed, int promptTokens, long now) {
        InvariantCheck.atMost(faults, settings.limits().reopenAttempts(), "reopenings of the target");
        InvariantCheck.that(!opening && !ready, "the target is opened while its link lives");
        InvariantCheck.same(frame.prefix(), committed, "what the target is opened with");
        InvariantCheck.same(frame.promptTokens(), promptTokens, "the prompt's tokens");
        opening = true;
        openedAt = now;
        used = false;
        askedAt = now;
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
        InvariantCheck.atMost(now - idleSince, IDLE_NANOS_MAX, "nanoseconds that the target waits");
        outstanding = frame;
        askedAt = now;
    }

    /** Whether that the target is given up has a reason. */
    void onGivenUp() {
        InvariantCheck.that(
                mustFail || faults > settings.limits().reopenAttempts(),
                "the target is given up after " + faults + " faults");
    }

    void onFinish() {
        InvariantCheck.that(!mustFail, "a target that must not go on did");
    }
}
