package io.wanspec.controller;

import io.wanspec.controller.placement.RelocationRule;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who drafts when a session's draft place gets slow or is lost: another one, which stands by, takes over. The old link goes on until
 * the new one is in step, so that the text does not wait for the change. One change at a time, and each change for lateness makes
 * the next one rarer.
 */
final class Relocations {
    /** One late reply may be chance. */
    private static final int SIGNS = 2;

    /** A place that is left is given up for good so many rounds after its first late reply, if the new one has answered. */
    private static final int ROUNDS = 3;

    /** So many rounds lie between two changes for lateness, twice as many after each. */
    private static final int CALM_ROUNDS = 2;

    private static final int CALM_DOUBLINGS = 6;

    /** To open a link takes longer than a reply: a prompt has to be read. */
    private static final long OPENING_NANOS = Duration.ofSeconds(1).toNanos();

    /** A place that was lost is not asked again for so long. */
    private static final long REST_NANOS = Duration.ofSeconds(15).toNanos();

    private static final double MS = 1e6;

    private final SessionContext session;
    private final Workers workers;
    private final Opener opener;
    private @Nullable Change change;
    private int rounds;
    private int changes;
    private int calmUntil;

    /** The links that are opened and closed. */
    interface Opener {
        void open(WorkerState worker);

        void close(WorkerState worker);
    }

    private record Change(WorkerState from, WorkerState to, int dueAt) {}

    Relocations(SessionContext session, Workers workers, Opener opener) {
        this.session = session;
        this.workers = workers;
        this.opener = opener;
    }

    /** A remote worker's first draft token that follows from something new came so long after that was sent. */
    void onReply(WorkerState worker, long nanos) {
        if (worker.isBusyRegion()) {
            return;
        }
        worker.reactions().on(nanos);
        judge(worker, nanos);
    }

    /** The target has answered: whoever owes a reply for too long is late, too. */
    void onRound() {
        rounds++;
        for (WorkerState worker : workers) {
            long waited = worker.forecast().unansweredNanos();
            if (worker.isAlive() && !worker.isBusyRegion() && waited > 0 && isToAnswer(worker)) {
                judgeSilent(worker, waited);
            }
            boolean isLeft = change == null && worker.isOnDuty() && worker.isAlive();
            if (isLeft && worker.reactions().isLateSince(rounds - SIGNS)) {
                // It was late, and nothing has come in time since.
                bestOther().ifPresent(other -> begin(worker, other));
            }
        }
        completeChange();
        recall();
    }

    /** Whoever was on duty is gone for good, and all others rested then: as soon as one has rested enough, it drafts again. */
    private void recall() {
        for (WorkerState worker : workers) {
            boolean gone = !worker.isAlive() && worker.reopenAt() == EventTime.NEVER;
            if (change == null && !worker.isBusyRegion() && worker.isOnDuty() && gone) {
                bestOther()
                        .ifPresent(other -> take(
                                worker,
                                other,
                                other.worker().id() + " drafts again, since "
                                        + worker.worker().id() + " is gone"));
                return;
            }
        }
    }

    private boolean isToAnswer(WorkerState worker) {
        return worker.isReady() || session.now() - worker.openedAt() > OPENING_NANOS;
    }

    /** Not to have answered yet is no sign of being in time. */
    private void judgeSilent(WorkerState worker, long waited) {
        Optional<WorkerState> other = bestOther();
        if (other.isPresent() && isLate(worker, waited, other.get())) {
            worker.reactions().atLeast(waited);
            judge(worker, waited);
        }
    }

    private void judge(WorkerState worker, long nanos) {
        Optional<WorkerState> other = bestOther();
        if (!worker.isOnDuty() || other.isEmpty() || !isLate(worker, nanos, other.get())) {
            worker.reactions().inTime();
            return;
        }
        if (change != null || rounds < calmUntil) {
            // It is looked at again once the last change is over.
            worker.reactions().inTime();
        } else if (worker.reactions().late(rounds) >= SIGNS) {
            begin(worker, other.get());
        }
    }

    private boolean isLate(WorkerState worker, long nanos, WorkerState other) {
        var seen = new RelocationRule.Pace(
                (double) nanos, (double) worker.forecast().passNanos());
        return rule().isLate(seen, promise(other));
    }

    private RelocationRule rule() {
        return new RelocationRule(
                (double) session.estimate().passNanos(0), session.estimate().acceptance());
    }

    private static RelocationRule.Pace promise(WorkerState other) {
        return new RelocationRule.Pace(
                other.reactions().promisedNanos(), (double) other.forecast().passNanos());
    }

    private void begin(WorkerState from, WorkerState to) {
        change = new Change(from, to, from.reactions().firstLateRound() + ROUNDS);
        calmUntil = rounds + (CALM_ROUNDS << Math.min(changes++, CALM_DOUBLINGS));
        take(
                from,
                to,
                "%s takes over from %s, which took %d ms to reply where about %d ms are expected of the other, in round %d of lateness"
                        .formatted(
                                to.worker().id(),
                                from.worker().id(),
                                Math.round(from.reactions().seenNanos() / MS),
                                Math.round(to.reactions().promisedNanos() / MS),
                                rounds - from.reactions().firstLateRound() + 1));
        from.reactions().inTime();
    }

    private void take(WorkerState from, WorkerState to, String why) {
        from.leaveDuty();
        to.goOnDuty();
        session.note(NoteCode.WORKER_REPLACED, why);
        session.counts().onChosen(to.worker().id(), session.committed().generatedTokens(), why);
        opener.open(to);
    }

    /** Draft tokens came, or a round is over: the old link is of no more use once the new one is in step. */
    void completeChange() {
        Change now = change;
        if (now == null || !now.to().isAlive()) {
            return;
        }
        boolean isDue = rounds >= now.dueAt() && now.to().isReady();
        if (now.to().forecast().isInStep() || isDue) {
            change = null;
            if (now.from().isAlive()) {
                opener.close(now.from());
            }
        }
    }

    /**
     * A link was lost, or closed since the worker is of no use.
     *
     * @param forGood whether a new link could not succeed
     */
    void onGone(WorkerState worker, boolean forGood) {
        if (worker.isBusyRegion()) {
            return;
        }
        worker.restUntil(forGood ? EventTime.NEVER : session.now() + REST_NANOS);
        Change now = change;
        if (now != null && worker == now.from()) {
            worker.stayAway();
            change = null;
        } else if (now != null && worker == now.to() && now.from().isAlive()) {
            goBack(now);
        } else if (worker.isOnDuty()) {
            change = null;
            bestOther().ifPresent(other -> {
                worker.stayAway();
                take(
                        worker,
                        other,
                        other.worker().id() + " takes over from "
                                + worker.worker().id() + ", which was lost");
            });
        }
    }

    /** The new one is lost before it was of use: the old one goes on. */
    private void goBack(Change now) {
        change = null;
        now.to().leaveDuty();
        now.to().stayAway();
        now.from().goOnDuty();
        now.from().reactions().inTime();
        calmUntil = rounds;
        String why = now.from().worker().id() + " goes on, since "
                + now.to().worker().id() + " was lost";
        session.counts().onChosen(now.from().worker().id(), session.committed().generatedTokens(), why);
    }

    /** Of those that stand by the one that promises most. */
    private Optional<WorkerState> bestOther() {
        WorkerState best = null;
        double least = Double.POSITIVE_INFINITY;
        RelocationRule rule = rule();
        for (WorkerState worker : workers) {
            boolean free = !worker.isBusyRegion() && !worker.isOnDuty() && !worker.isAlive();
            if (free && worker.restUntil() <= session.now()) {
                double nanos = rule.nanosPerToken(promise(worker));
                best = nanos < least ? worker : best;
                least = Math.min(least, nanos);
            }
        }
        return Optional.ofNullable(best);
    }
}
