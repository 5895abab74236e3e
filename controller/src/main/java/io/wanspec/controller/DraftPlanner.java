package io.wanspec.controller;

import io.wanspec.contracts.DraftPlan;
import io.wanspec.contracts.Limits;
import io.wanspec.controller.policy.Redundancy;
import io.wanspec.controller.policy.WindowRule;

/** How workers are to draft: who drafts unasked, how far ahead, how wide, and which share of the alternatives. */
final class DraftPlanner {
    private static final double MILLI = 1e3;

    private final SessionContext session;
    private final Workers workers;

    DraftPlanner(SessionContext session, Workers workers) {
        this.session = session;
        this.workers = workers;
    }

    /** Whether a link to the worker is worth opening. */
    boolean isOfUse(WorkerState worker) {
        return !worker.isBusyRegion() || !workers.hasRemote() || isEverRedundant();
    }

    private boolean isEverRedundant() {
        return switch (session.settings().redundancy()) {
            case Redundancy.Never never -> false;
            case Redundancy.Always always -> true;
            case Redundancy.Entropy entropy -> true;
            case Redundancy.Value value -> true;
        };
    }

    private boolean isTotallyRedundant() {
        return switch (session.settings().redundancy()) {
            case Redundancy.Never never -> false;
            case Redundancy.Always always -> true;
            case Redundancy.Entropy entropy -> false;
            case Redundancy.Value value -> false;
        };
    }

    /** Remote workers always draft unasked. */
    boolean draftsUnasked(WorkerState worker) {
        return !worker.isBusyRegion() || busyRegionDraftsUnasked();
    }

    /** Busy-region workers draft unasked if redundancy is total, and when nobody else is left that does. */
    boolean busyRegionDraftsUnasked() {
        return isTotallyRedundant() || !workers.hasWorkingRemote();
    }

    DraftPlan planFor(WorkerState worker) {
        return worker.isBusyRegion() ? busyRegionPlan() : remotePlan(worker);
    }

    private DraftPlan remotePlan(WorkerState worker) {
        DraftShape shape = session.settings().draft();
        return new DraftPlan(
                upTo(windowFor(worker)),
                shape.passNodes(),
                shape.candidates(),
                (int) (shape.floorNats() * MILLI),
                workers.remoteIndex(worker),
                Math.max(1, workers.remotes()));
    }

    /** What is asked for one by one may well have alternatives; what is drafted unasked is a chain. */
    private DraftPlan busyRegionPlan() {
        ControllerSettings settings = session.settings();
        int window = busyRegionDraftsUnasked() ? settings.runLength() : 0;
        int candidates = settings.verify().tree() ? settings.draft().candidates() : 1;
        return new DraftPlan(upTo(window), 1, candidates, Limits.FLOOR_MILLI_NATS_MAX, 0, 1);
    }

    private int windowFor(WorkerState worker) {
        DraftShape shape = session.settings().draft();
        return shape.isTree()
                ? shape.window()
                : WindowRule.window(
                        shape.window(),
                        session.estimate().acceptance(),
                        worker.forecast().roundTripNanos(),
                        session.estimate().nanosPerToken());
    }

    /** As far ahead as the window says, but the last token of a request is always the target's own. */
    private int upTo(int window) {
        int committed = session.committed().size();
        return Math.min(committed + window, Math.max(committed, committed + session.tokensLeft() - 1));
    }
}
