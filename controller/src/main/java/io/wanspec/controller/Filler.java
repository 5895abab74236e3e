package io.wanspec.controller;

import io.wanspec.contracts.Tokens;
import io.wanspec.controller.estimate.Average;

/** The guesses without a draft in the round that is outstanding, and how often such guesses have been right. */
final class Filler {
    private static final double ACCEPTANCE_PRIOR = 0.3;
    private static final double WEIGHT = 0.05;

    private final Average acceptance = new Average(ACCEPTANCE_PRIOR, WEIGHT);
    private Tokens expected = Tokens.none();
    private int from;

    /**
     * How many to take.
     *
     * @param reached probability that the target gets to where they begin
     * @param probabilityMin how likely a token must be to be worth its place in a round
     */
    int worthTaking(double reached, double probabilityMin, int most) {
        double probability = reached;
        int count = 0;
        while (count < most && probability * acceptance.value() >= probabilityMin) {
            probability *= acceptance.value();
            count++;
        }
        return count;
    }

    void clear() {
        expected = Tokens.none();
    }

    /** {@code guesses} go along behind {@code path}. */
    void taken(Tokens path, Tokens guesses) {
        from = path.size();
        expected = path.plus(guesses);
    }

    void onCommitted(Tokens tokens) {
        int agreed = tokens.commonPrefix(expected);
        for (int i = from; i < agreed; i++) {
            acceptance.add(1);
        }
        if (agreed >= from && agreed < expected.size()) {
            acceptance.add(0);
        }
        clear();
    }
}
