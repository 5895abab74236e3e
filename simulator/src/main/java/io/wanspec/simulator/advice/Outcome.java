package io.wanspec.simulator.advice;

import io.wanspec.simulator.load.ServedCosts;
import java.util.function.DoubleBinaryOperator;

/**
 * What remote drafting is expected to do at some distance under some load, beside co-located speculation (B1) under the same load.
 */
record Outcome(ServedCosts drafted, ServedCosts b1) {
    /** Latency over B1's. */
    double latency() {
        return drafted.latencyMs() / b1.latencyMs();
    }

    /** Share of B1's draft passes in the busy region that are not made. */
    double saved() {
        return 1 - drafted.busyDraftPasses() / b1.busyDraftPasses();
    }

    /** Between two outcomes: this one at 0, the other at 1. */
    Outcome towards(Outcome other, double share) {
        return new Outcome(mixed(drafted, other.drafted, share), mixed(b1, other.b1, share));
    }

    /** What counts against a place, no lower than in a nearer one. */
    Outcome noBetterThan(Outcome other) {
        ServedCosts floor = other.drafted;
        return new Outcome(
                new ServedCosts(
                        Math.max(drafted.latencyMs(), floor.latencyMs()),
                        Math.max(drafted.targetBusyMs(), floor.targetBusyMs()),
                        Math.max(drafted.busyDraftPasses(), floor.busyDraftPasses()),
                        Math.max(drafted.remoteDraftPasses(), floor.remoteDraftPasses()),
                        Math.max(drafted.wanBytes(), floor.wanBytes())),
                b1);
    }

    private static ServedCosts mixed(ServedCosts one, ServedCosts other, double share) {
        DoubleBinaryOperator mix = (a, b) -> a + (b - a) * share;
        return new ServedCosts(
                mix.applyAsDouble(one.latencyMs(), other.latencyMs()),
                mix.applyAsDouble(one.targetBusyMs(), other.targetBusyMs()),
                mix.applyAsDouble(one.busyDraftPasses(), other.busyDraftPasses()),
                mix.applyAsDouble(one.remoteDraftPasses(), other.remoteDraftPasses()),
                mix.applyAsDouble(one.wanBytes(), other.wanBytes()));
    }
}
