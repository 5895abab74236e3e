package io.wanspec.controller.estimate;

import io.wanspec.contracts.PassLoad;

/** With how many other sessions this one shares the target, from what the target's answers say; alone while they say nothing. */
public final class LoadEstimate {
    private static final double WEIGHT = 0.1;

    /** Passes that are shared more seldom than this are not worth another rule. */
    private static final double SHARED_MIN = 0.05;

    private final Average others = new Average(0, WEIGHT, 0);
    private final Average rowNanos = new Average(0, WEIGHT, 0);
    private final Average passNanos = new Average(0, WEIGHT, 0);
    private final Average waitedShare = new Average(0, WEIGHT, 0);

    /** @param passNanos of the pass, without the wait before it */
    void add(PassLoad load, long passNanos) {
        double nanos = Math.max(1, passNanos);
        others.add(load.sessions() - 1);
        this.passNanos.add(nanos);
        waitedShare.add(load.waitedMicros() * 1e3 / nanos);
        if (load.rowMicros() > 0) {
            rowNanos.add(load.rowMicros() * 1e3);
        }
    }

    /** How surely the target is at work for others when this session could be in a pass and is not, from 0 to 1. */
    public double othersShare() {
        double share = Math.min(1, Math.max(others.value(), waitedShare.value()));
        return share < SHARED_MIN ? 0 : share;
    }

    /** Between two settings, one for a target of its own and one for a target whose passes are all shared. */
    public double mix(double alone, double shared) {
        return alone + (shared - alone) * othersShare();
    }

    /** Sessions that a longer pass keeps waiting: those that are in it, and those whose turn comes behind it. */
    double sessions() {
        return othersShare() == 0 ? 1 : (1 + others.value()) * (1 + waitedShare.value());
    }

    /** What one more row adds to a pass, as the target says; 0 if it does not. */
    double rowNanos() {
        return rowNanos.value();
    }

    /** Of a pass, whoever shares it, without the wait before it. */
    public long passNanos() {
        return Math.round(passNanos.value());
    }
}
