package io.wanspec.controller;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.frame.DraftFrame;
import io.wanspec.contracts.tree.DraftTree;
import io.wanspec.controller.estimate.ColocatedEstimate;
import io.wanspec.controller.estimate.TargetEstimate;
import io.wanspec.controller.policy.Redundancy;
import io.wanspec.controller.policy.RedundancyRule;
import io.wanspec.controller.tree.Frontier;
import io.wanspec.controller.tree.Selection;
import org.jspecify.annotations.Nullable;

/** Which unknown places a busy-region worker is asked for, if any. */
final class BusyAsks {
    /** Places less likely than this do not go along in a pass. */
    private static final double ALONG_NATS_MAX = 3.5;

    private final Redundancy redundancy;
    private final Committed committed;
    private final DraftTree tree;
    private final TargetEstimate estimate;
    private final double priceFactor;
    private final GuessIntake intake;

    /** @param priceFactor of the guard, see {@link LearnedEstimates} */
    BusyAsks(
            Redundancy redundancy,
            Committed committed,
            DraftTree tree,
            GuessIntake intake,
            TargetEstimate estimate,
            double priceFactor) {
        this.intake = intake;
        this.priceFactor = priceFactor;
        this.redundancy = redundancy;
        this.committed = committed;
        this.tree = tree;
        this.estimate = estimate;
    }

    /**
     * @param depthMax how far behind the committed prefix guesses are of use
     * @param neededAt when the target could use a guess first
     * @return what to ask for, or null
     */
    DraftFrame.@Nullable Expand wish(WorkerState busy, RemoteOutlook remote, int depthMax, long neededAt, long now) {
        if (priceNanos(busy, remote) == Double.POSITIVE_INFINITY) {
            return null;
        }
        int[] places = places(depthMax);
        if (places.length == 0 || !isWanted(busy, places, remote, neededAt, now)) {
            return null;
        }
        Selection guesses = new Selection(tree);
        int[] wanted = new int[places.length];
        int size = 0;
        for (int place : places) {
            boolean goesAlong = size == 0 || tree.surprisal(place) <= ALONG_NATS_MAX;
            if (goesAlong && guesses.size() + tree.depth(place) <= Limits.RUN_TOKENS_MAX) {
                wanted[size++] = guesses.addWithAncestors(place);
            }
        }
        return new DraftFrame.Expand(
                committed.size(),
                committed.branchBefore(committed.size()),
                guesses.toTokenTree(),
                Ints.of(wanted, size));
    }

    /** How far further asks can go before a guess is not worth its price any more. */
    int reach(double reached, double priceNanos) {
        if (priceNanos <= 0) {
            return Limits.RUN_TOKENS_MAX;
        }
        double gain = reached * estimate.nanosPerToken();
        double acceptance = Math.clamp(estimate.acceptance(), 0.01, 0.99);
        return gain <= priceNanos ? 0 : (int) (Math.log(priceNanos / gain) / Math.log(acceptance));
    }

    /** What a pass of the busy worker must be expected to save, in nanoseconds. */
    double priceNanos(WorkerState busy, RemoteOutlook remote) {
        return redundancy instanceof Redundancy.Value value
                ? value.price()
                        .nanos(
                                priceFactor,
                                (double) remote.roundTripNanos(),
                                (double) estimate.passNanos(0),
                                ColocatedEstimate.of(estimate.acceptance(), estimate, busy.singlePassNanos())
                                        .nanosPerToken())
                : (double) busy.passNanos();
    }

    private int[] places(int depthMax) {
        if (redundancy instanceof Redundancy.Value value) {
            return Frontier.likeliest(tree, depthMax, value.passNodes());
        }
        int end = Frontier.ofBestPath(tree);
        return tree.depth(end) < depthMax ? new int[] {end} : new int[0];
    }

    private boolean isWanted(WorkerState busy, int[] places, RemoteOutlook remote, long neededAt, long now) {
        int place = places[0];
        double reached = 0;
        for (int each : places) {
            reached += Math.exp(-tree.surprisal(each));
        }
        double gain = reached * estimate.acceptance() * estimate.nanosPerToken();
        int entropy = place == tree.root() ? 0 : intake.entropyBehind(tree.parent(place));
        return RedundancyRule.draftsInBusyRegion(
                redundancy,
                new RedundancyRule.Gap(
                        remote.isInStep(),
                        remote.arrivalOf(tree.position(place) + 1),
                        now + busy.roundTripNanos() + busy.passNanos(),
                        neededAt,
                        entropy,
                        gain,
                        priceNanos(busy, remote)));
    }

    /** What the remote workers are expected to do. */
    interface RemoteOutlook {
        /** Whether one of them drafts on the branch that the target is on. */
        boolean isInStep();

        /** To the nearest of them. */
        long roundTripNanos();

        /** When a guess of {@code position} is expected from any; {@link Long#MAX_VALUE} for never. */
        long arrivalOf(int position);
    }
}
