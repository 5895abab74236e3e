package io.wanspec.controller.estimate;

import io.wanspec.contracts.PassLoad;

/** With how many other sessions this one shares the target, from what the target's answers say; alone while they say nothing. */
public final class LoadEstimate {
    private static final double WEIGHT = 0.1;

    /** Passes that are shared more seldom than this are not worth another rule. */
    private static final double SHARED_MIN = 0.05;

    /** Of this session's own passes, so many weigh as much as what sessions before it have found. */
    private static final int BEFORE_SAMPLES = 3;

    private static final double NONE_YET = -1;

    private final Average others;
    private final Average rowNanos;
    private final Average passNanos;
    private final Average waitedShare;
    private boolean known;
    private double lastWaited = NONE_YET;

    /** @param before what sessions have lately found */
    LoadEstimate(LoadSeen before) {
        known = before.isKnown();
        others = average(before.others());
        passNanos = average(before.passNanos());
        waitedShare = average(before.waitedShare());
        rowNanos = new Average(before.rowNanos(), WEIGHT, before.rowNanos() > 0 ? BEFORE_SAMPLES : 0);
    }

    private Average average(double before) {
        return new Average(before, WEIGHT, known ? BEFORE_SAMPLES : 0);
    }

    /** @param passNanos of the pass, without the wait before it */
    void add(PassLoad load, long passNanos) {
        double nanos = Math.max(1, passNanos);
        known = true;
        others.add(load.sessions() - 1);
        this.passNanos.add(nanos);
        addWait(load, Math.min(1, load.waitedMicros() * 1e3 / nanos));
        if (load.rowMicros() > 0) {
            rowNanos.add(load.rowMicros() * 1e3);
        }
    }

    /**
     * However long a wait was, one pass was missed. One that is alone in its pass may have waited for anything, a prompt or a
     * machine that paused: others take turns with it only if the question before waited as well.
     */
    private void addWait(PassLoad load, double share) {
        double counts = load.sessions() > 1 ? share : Math.min(share, lastWaited);
        lastWaited = share;
        if (counts >= 0) {
            waitedShare.add(counts);
        }
    }

    /** What sessions that begin soon may take for true. */
    public LoadSeen seen() {
        return known
                ? new LoadSeen(others.value(), waitedShare.value(), rowNanos.value(), passNanos.value())
                : LoadSeen.nothing();
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
