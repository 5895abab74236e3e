package io.wanspec.evaluation.demo;

import io.wanspec.contracts.ledger.Ledger;

/**
 * What a pass takes, told from two short requests: one without drafts, and one with drafts in the busy region, where drafting
 * and verifying take turns.
 *
 * @param targetMs of a target pass, in milliseconds
 * @param draftMs of a draft pass in the busy region, in milliseconds
 */
public record WarmUpPassTimes(double targetMs, double draftMs) {
    private static final double LEAST_MS = 0.01;

    /** The first token's time is left out: the prompt is part of it. */
    public static WarmUpPassTimes from(Ledger targetOnly, Ledger colocated) {
        double target = perPass(afterFirstToken(targetOnly), targetOnly.targetPasses() - 1);
        double drafting = afterFirstToken(colocated) - target * (colocated.targetPasses() - 1);
        return new WarmUpPassTimes(target, perPass(drafting, colocated.busyDraftPasses()));
    }

    private static double afterFirstToken(Ledger ledger) {
        return ledger.totalMs() - ledger.timeToFirstTokenMs();
    }

    private static double perPass(double ms, int passes) {
        return Math.max(LEAST_MS, passes <= 0 ? 0 : ms / passes);
    }
}
