package io.wanspec.controller.estimate;

import io.wanspec.contracts.PassLoad;

/**
 * What a token would take if nobody speculated, at a target that says how loaded its passes are: the passes as it reports them, less what
 * draft tokens have added to them, those of other sessions, too. Whoever asks the target for each token takes longer.
 */
final class PlainPass {
    private static final double WEIGHT = 0.1;
    private static final double NANOS_PER_MICRO = 1e3;

    private final Average nanos = new Average(0, WEIGHT, 0);
    private boolean known;

    /**
     * A pass is over.
     *
     * @param passNanos that the target says it took, without the wait before it
     * @param load what else it did
     */
    void add(long passNanos, PassLoad load) {
        if (passNanos > 0) {
            known = true;
            nanos.add(withoutDrafts(passNanos, load) + turns(load));
        }
    }

    /** A row of a full pass has a price rather than a time: a pass is at least as long as its rows' share of it. */
    private static double withoutDrafts(long passNanos, PassLoad load) {
        double share = (double) passNanos * (load.rows() - load.draftRows()) / load.rows();
        return Math.max(share, passNanos - load.draftRows() * load.rowMicros() * NANOS_PER_MICRO);
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
