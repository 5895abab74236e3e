package io.wanspec.controller;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.controller.policy.PassRhythm;
import io.wanspec.controller.policy.Redundancy;
import io.wanspec.controller.policy.RedundancyRule;
import io.wanspec.controller.tree.Frontier;
import io.wanspec.controller.tree.Selection;
import java.util.Optional;

/**
 * Which positions the busy region drafts itself, although remote workers draft them too: the redundant drafts. It chooses the
 * places, {@link RedundancyRule} whether they are worth a pass.
 */
final class BusyRegionDrafting {
    /** Places less likely than this do not go along in a pass. */
    private static final double ALONG_NATS_MAX = 3.5;

    private final SessionContext session;
    private final Workers workers;
    private final DraftPlanner planner;
    private final ArrivalForecast forecast;
    private final BusyPassPrice price;
    private final DraftIntake intake;

    /** One pass that a busy-region worker is to be asked for. */
    record Ask(WorkerState worker, DraftFrame.Expand frame) {
        /** How far behind the committed prefix the first wanted place lies. */
        int firstDepth() {
            int depth = 0;
            int node = frame.wanted().get(0);
            while (node >= 0) {
                node = frame.drafts().parents().get(node);
                depth++;
            }
            return depth;
        }
    }

    BusyRegionDrafting(
            SessionContext session,
            Workers workers,
            DraftPlanner planner,
            ArrivalForecast forecast,
            BusyPassPrice price,
            DraftIntake intake) {
        this.session = session;
        this.workers = workers;
        this.planner = planner;
        this.forecast = forecast;
        this.price = price;
        this.intake = intake;
    }

    /**
     * @param depthMax how far behind the committed prefix draft tokens are of use
     * @param neededAt when the target could use a draft token first
     * @param rhythm when its passes begin
     * @return what to ask for, if anything
     */
    Optional<Ask> choose(int depthMax, long neededAt, PassRhythm rhythm) {
        if (planner.busyRegionDraftsUnasked()) {
            return Optional.empty();
        }
        return idleWorker().flatMap(worker -> choose(worker, depthMax, neededAt, rhythm));
    }

    private Optional<WorkerState> idleWorker() {
        for (WorkerState worker : workers) {
            WorkerForecast itsForecast = worker.forecast();
            boolean free = !itsForecast.isAsked() || session.now() > itsForecast.patienceEnds();
            if (worker.isBusyRegion() && worker.isReady() && free) {
                return Optional.of(worker);
            }
        }
        return Optional.empty();
    }

    private Optional<Ask> choose(WorkerState worker, int depthMax, long neededAt, PassRhythm rhythm) {
        double priceNanos = price.nanos(worker);
        if (priceNanos == Double.POSITIVE_INFINITY) {
            return Optional.empty();
        }
        int[] places = places(depthMax);
        return places.length > 0 && isWorthAPass(worker, places, neededAt, priceNanos, rhythm)
                ? Optional.of(new Ask(worker, frame(places)))
                : Optional.empty();
    }

    private int[] places(int depthMax) {
        return switch (session.settings().redundancy()) {
            case Redundancy.Never never -> endOfBestPath(depthMax);
            case Redundancy.Always always -> endOfBestPath(depthMax);
            case Redundancy.Entropy entropy -> endOfBestPath(depthMax);
            case Redundancy.Value value -> Frontier.likeliest(session.tree(), depthMax, value.passNodes());
        };
    }

    private int[] endOfBestPath(int depthMax) {
        int end = Frontier.ofBestPath(session.tree());
        return session.tree().depth(end) < depthMax ? new int[] {end} : new int[0];
    }

    private boolean isWorthAPass(
            WorkerState worker, int[] places, long neededAt, double priceNanos, PassRhythm rhythm) {
        DraftTree tree = session.tree();
        int first = places[0];
        double reached = 0;
        for (int place : places) {
            reached += Math.exp(-tree.surprisal(place));
        }
        double gain =
                reached * session.estimate().acceptance() * session.estimate().nanosPerToken();
        int entropy = first == tree.root() ? 0 : intake.entropyBehind(tree.parent(first));
        WorkerForecast own = worker.forecast();
        return RedundancyRule.draftsInBusyRegion(
                session.settings().redundancy(),
                new RedundancyRule.Gap(
                        forecast.isRemoteInStep(),
                        forecast.fromRemote(tree.position(first) + 1),
                        session.now() + own.roundTripNanos() + own.passNanos(),
                        neededAt,
                        entropy,
                        gain,
                        priceNanos,
                        rhythm));
    }

    private DraftFrame.Expand frame(int[] places) {
        DraftTree tree = session.tree();
        Selection known = new Selection(tree);
        int[] wanted = new int[places.length];
        int size = 0;
        for (int place : places) {
            boolean goesAlong = size == 0 || tree.surprisal(place) <= ALONG_NATS_MAX;
            if (goesAlong && known.size() + tree.depth(place) <= Limits.RUN_TOKENS_MAX) {
                wanted[size++] = known.addWithAncestors(place);
            }
        }
        Committed committed = session.committed();
        return new DraftFrame.Expand(
                committed.size(), committed.branchBefore(committed.size()), known.toTokenTree(), Ints.of(wanted, size));
    }
}
