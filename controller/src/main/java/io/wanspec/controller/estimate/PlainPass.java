package io.wanspec.controller.estimate;

import io.wanspec.contracts.PassLoad;

/**
 * What a token would take if nobody speculated, at a target that says how loaded its passes are: the passes as it reports them, less what
 * draft tokens have added to them, those of other sessions, too, and with the sessions that drafts keep from being in each pass. Whoever
 * asks the target for each token takes longer.
 */
final class PlainPass {
    private static final double WEIGHT = 0.1;
    private static final double NANOS_PER_MICRO = 1e3;

    /** A session that was away for longer had something else to wait for. */
    private static final double AWAY_MAX = 2;

    /** Of a pass: what all its rows together take at most where a row's time is told, and not its price. */
    private static final double PRICE_SHARE = 0.98;

    private final Average nanos = new Average(0, WEIGHT, 0);
    private final Average rowNanos = new Average(0, WEIGHT, 0);
    private boolean known;

    /**
     * A pass is over.
     *
     * @param passNanos that the target says it took, without the wait before it
     * @param roundNanos from the last answer to this one
     * @param load what else it did
     */
    void add(long passNanos, long roundNanos, PassLoad load) {
        if (passNanos <= 0) {
            return;
        }
        known = true;
        double row = rowNanos(passNanos, load);
        nanos.add(withoutDrafts(passNanos, load, row) + absent(passNanos, roundNanos, load) * row + turns(load));
    }

    /** A row of a full pass has a price, its share of the pass, rather than a time: that is known from passes with room. */
    private double rowNanos(long passNanos, PassLoad load) {
        double told = load.rowMicros() * NANOS_PER_MICRO;
        if (told * load.rows() < passNanos * PRICE_SHARE) {
            rowNanos.add(told);
        }
        return rowNanos.value() > 0 ? rowNanos.value() : told;
    }

    /** A pass is at least as long as its rows' share of it. */
    private static double withoutDrafts(long passNanos, PassLoad load, double rowNanos) {
        double share = (double) passNanos * (load.rows() - load.draftRows()) / load.rows();
        return Math.max(share, passNanos - load.draftRows() * rowNanos);
    }

    /** Who waits for drafts is not in each pass; others wait for theirs as long, and plain decoding has all of them in each. */
    private static double absent(long passNanos, long roundNanos, PassLoad load) {
        return load.sessions() == 1
                ? 0
                : load.sessions() * Math.clamp((double) roundNanos / passNanos - 1, 0, AWAY_MAX);
    }

    /** Where passes are shared, plain decoding is in each of them; where sessions take turns, it waits as well. */
    private static double turns(PassLoad load) {
        return load.sessions() == 1 ? load.waitedMicros() * NANOS_PER_MICRO : 0;
    }

    /** @param otherwise if the target says nothing */
    double nanos(double otherwise) {
        return known ? Math.max(1, nanos.value()) : otherwise;
    }
}
