package io.wanspec.evaluation.eval;

/**
 * Where the target's token stood in the draft's order when it was not first: what a tree of alternatives can win.
 *
 * @param second how many times it stood second
 * @param beyond how many times it was not among the first four
 */
record MismatchRanks(int second, int third, int fourth, int beyond) {
    static MismatchRanks of(DraftPredictions predictions) {
        return new MismatchRanks(
                predictions.count(rank -> rank == 1),
                predictions.count(rank -> rank == 2),
                predictions.count(rank -> rank == 3),
                predictions.count(rank -> rank > 3));
    }

    int mismatches() {
        return second + third + fourth + beyond;
    }

    /** {@code count} of all mismatches, of which there must be one. */
    double share(int count) {
        return (double) count / mismatches();
    }
}
