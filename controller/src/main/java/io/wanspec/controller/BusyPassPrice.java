package io.wanspec.controller;

import io.wanspec.contracts.Limits;
import io.wanspec.controller.estimate.ColocatedEstimate;
import io.wanspec.controller.estimate.LoadEstimate;
import io.wanspec.controller.estimate.TargetEstimate;
import io.wanspec.controller.policy.Price;
import io.wanspec.controller.policy.Redundancy;

/** What a draft pass in the busy region costs: how much time it must be expected to save. */
final class BusyPassPrice {
    private final Redundancy redundancy;
    private final double guardFactor;
    private final TargetEstimate estimate;
    private final Workers workers;

    BusyPassPrice(SessionContext session, Workers workers) {
        redundancy = session.settings().redundancy();
        guardFactor = session.learnedBefore().priceFactor();
        estimate = session.estimate();
        this.workers = workers;
    }

    /** In nanoseconds; without an explicit price the pass's own time. */
    double nanos(WorkerState busy) {
        return switch (redundancy) {
            case Redundancy.Never never -> (double) busy.forecast().passNanos();
            case Redundancy.Always always -> (double) busy.forecast().passNanos();
            case Redundancy.Entropy entropy -> (double) busy.forecast().passNanos();
            case Redundancy.Value value -> nanos(value.price(), busy);
        };
    }

    private double nanos(Price price, WorkerState busy) {
        double draftNanos = busy.forecast().singlePassNanos();
        LoadEstimate load = estimate.load();
        return price.besideOthers(load.othersShare())
                .nanos(
                        guardFactor,
                        (double) workers.nearestRoundTripNanos(),
                        load.othersShare() == 0
                                ? (double) estimate.passNanos(0)
                                : (double) Math.max(1, load.passNanos()),
                        ColocatedEstimate.of(estimate.acceptance(), estimate, draftNanos)
                                .nanosPerToken());
    }

    /**
     * How many more passes, one behind the other, are worth their price.
     *
     * @param reached probability that the target gets to where knowledge ends
     */
    int furtherPasses(double reached, double priceNanos) {
        if (priceNanos <= 0) {
            return Limits.RUN_TOKENS_MAX;
        }
        double gain = reached * estimate.nanosPerToken();
        double acceptance = Math.clamp(estimate.acceptance(), 0.01, 0.99);
        return gain <= priceNanos ? 0 : (int) (Math.log(priceNanos / gain) / Math.log(acceptance));
    }
}
