package io.wanspec.controller;

import io.wanspec.contracts.TokenTree;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.controller.estimate.LoadEstimate;
import io.wanspec.controller.estimate.TargetEstimate;
import io.wanspec.controller.policy.PassRhythm;
import io.wanspec.controller.policy.VerifyRule;
import io.wanspec.controller.policy.WaitRule;
import io.wanspec.controller.tree.Frontier;
import io.wanspec.controller.tree.Selection;
import java.time.Duration;

/** What the next round takes: verify now, or wait for more draft tokens, and which part of the tree goes to the target. */
final class RoundPlanner {
    /** A draft token less likely than this is never worth the target's time. */
    private static final double PROBABILITY_MIN = 1e-3;

    /** How surely a draft token must save more time than it costs the target, as a share of break-even. */
    private static final double VERIFY_EAGERNESS = 0.7;

    /** The same where all passes are shared, and the price of a row is known: break-even. */
    private static final double VERIFY_EAGERNESS_SHARED = 1;

    /** The most that waiting is worth where all passes are shared, whatever the goal. */
    private static final double WAIT_WORTH_SHARED = 0.4;

    /** Longest wait for draft tokens before a round, whatever the rules say. */
    private static final long STALL_MAX_NANOS = Duration.ofSeconds(1).toNanos();

    /** Of a plain text, so many tokens come for one question; its link is moved, and its client's leaving heard of, in between. */
    private static final int ONWARD_TOKENS = 15;

    /** Shortest wait that is worth a timer. */
    private static final long TICK_NANOS = Duration.ofNanos(500_000).toNanos();

    private final SessionContext session;
    private final TargetLink target;
    private final ArrivalForecast forecast;
    private final LookupDrafts lookup;

    /** What the target does next. */
    sealed interface Choice {
        /** Nothing new: a round is outstanding, or the target is not ready. */
        record Nothing() implements Choice {}

        /** It waits for draft tokens that are expected to be worth it; to be looked at again at this time. */
        record Wait(long untilNanos) implements Choice {}

        /**
         * It verifies.
         *
         * @param drafts all draft tokens of the round
         * @param tail those among them that were looked up in the text
         */
        record Verify(TokenTree drafts, LookupDrafts.Tail tail) implements Choice {}
    }

    RoundPlanner(SessionContext session, TargetLink target, ArrivalForecast forecast, LookupDrafts lookup) {
        this.session = session;
        this.target = target;
        this.forecast = forecast;
        this.lookup = lookup;
    }

    /** Most draft tokens of a round that begins now: its last token is always the target's own. */
    int room() {
        return Math.min(session.settings().runLength(), session.tokensLeft() - 1);
    }

    /** How many tokens the target makes by itself behind a round: where nobody drafts, it need not be asked for each. */
    int onward() {
        return session.settings().runLength() == 0 ? Math.clamp(session.tokensLeft() - 1, 0, ONWARD_TOKENS) : 0;
    }

    /** When the target could use another draft token first. */
    long neededAt() {
        return target.isIdle() ? session.now() + Math.round(rhythm().nanosUntilNext(session.now())) : nextBegin();
    }

    /** When the target's passes begin, as far as others keep it at work. */
    PassRhythm rhythm() {
        LoadEstimate load = session.estimate().load();
        return load.othersShare() == 0
                ? PassRhythm.alone()
                : new PassRhythm(nextBegin(), Math.max(1, load.passNanos()), load.othersShare());
    }

    /** When the pass that answered ended, or that which is under way will end: where the next one begins. */
    private long nextBegin() {
        return target.isIdle()
                ? target.idleSince()
                : target.askedAt() + session.estimate().passNanos(target.draftsOutstanding());
    }

    Choice choose() {
        if (!target.isIdle()) {
            return new Choice.Nothing();
        }
        long until = waitUntil(room());
        return until > session.now() ? new Choice.Wait(until) : verify(room());
    }

    /** When to look again whether to verify; the present for at once. */
    private long waitUntil(int room) {
        long now = session.now();
        long patience = target.idleSince() + STALL_MAX_NANOS;
        int end = Frontier.ofBestPath(session.tree());
        int known = session.tree().depth(end);
        if (known >= room || now >= patience) {
            return now;
        }
        int next = session.committed().size() + known;
        if (session.settings().verify().fixed()) {
            return Math.min(patience, Math.max(now, forecast.patienceEnds(next)));
        }
        if (isFirst() || lookup.isForeseen()) {
            return now;
        }
        double reached = Math.exp(-session.tree().surprisal(end));
        return isWorthWaiting(next, reached, room - known)
                ? Math.min(patience, Math.max(forecast.fromAnyone(next, reached), now + TICK_NANOS))
                : now;
    }

    /** Nobody has read anything yet: drafts that are there may come along, but the first token waits for none. */
    private boolean isFirst() {
        return session.committed().size() == session.request().prompt().size();
    }

    private boolean isWorthWaiting(int next, double reached, int room) {
        TargetEstimate estimate = session.estimate();
        return WaitRule.isWorthWaiting(
                reached,
                room,
                estimate.acceptance(),
                waitWorth() * estimate.nanosPerToken(),
                estimate.tokenPriceNanos(),
                session.now(),
                rhythm(),
                j -> forecast.fromAnyone(next + j, reached));
    }

    /** Beside others a round that waits misses a pass, and makes one for itself later that the others wait for. */
    private double waitWorth() {
        double alone = session.settings().waitWorth();
        return session.estimate().load().mix(alone, Math.min(alone, WAIT_WORTH_SHARED));
    }

    private Choice verify(int room) {
        DraftTree tree = session.tree();
        LookupDrafts.Tail foreseen = foreseen(tree, room);
        if (!foreseen.drafts().isEmpty()) {
            return verify(new Selection(tree), tree.root(), foreseen);
        }
        Selection drafts = select(room);
        int end = Frontier.ofBestPath(tree);
        LookupDrafts.Tail tail =
                drafts.holds(end) ? lookup.behind(end, probabilityMin(), room - drafts.size()) : LookupDrafts.Tail.NONE;
        return verify(drafts, end, tail);
    }

    private static Choice verify(Selection drafts, int end, LookupDrafts.Tail tail) {
        if (!tail.drafts().isEmpty()) {
            drafts.addBehind(end, tail.drafts());
        }
        return new Choice.Verify(drafts.toTokenTree(), tail);
    }

    /** A prediction that has been right so far is worth more than what a draft would guess. */
    private LookupDrafts.Tail foreseen(DraftTree tree, int room) {
        return lookup.isForeseen() && !session.settings().verify().fixed()
                ? lookup.behind(tree.root(), probabilityMin(), room)
                : LookupDrafts.Tail.NONE;
    }

    private Selection select(int room) {
        VerifyShape shape = session.settings().verify();
        if (shape.fixed()) {
            return VerifyRule.chain(session.tree(), room, Double.MIN_NORMAL);
        }
        if (isTooDear(session.tree())) {
            return new Selection(session.tree());
        }
        return shape.tree()
                ? VerifyRule.tree(session.tree(), room, probabilityMin())
                : VerifyRule.chain(session.tree(), room, probabilityMin());
    }

    /** Whether not even the likeliest draft token is worth a row of a pass that others wait for. */
    private boolean isTooDear(DraftTree tree) {
        return session.estimate().load().othersShare() > 0
                && !tree.isLeaf(tree.root())
                && tree.surprisal(tree.bestChild(tree.root())) > -Math.log(probabilityMin());
    }

    /** How likely a draft token must be for the target's time to be worth it. */
    private double probabilityMin() {
        TargetEstimate estimate = session.estimate();
        return Math.max(
                PROBABILITY_MIN,
                estimate.load().mix(VERIFY_EAGERNESS, VERIFY_EAGERNESS_SHARED)
                        * estimate.tokenPriceNanos()
                        / estimate.nanosPerToken());
    }
}
