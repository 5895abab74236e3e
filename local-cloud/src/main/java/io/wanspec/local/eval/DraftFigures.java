package io.wanspec.local.eval;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How good a draft was at one temperature.
 *
 * @param texts how many prompts were answered
 * @param tokens of all answers
 * @param acceptance share of the tokens that the draft had guessed, each given the target's own text before it
 * @param byPosition acceptance of the i-th draft of a round
 * @param entropyBins acceptance by the draft's entropy
 * @param mismatchRanks where the target's token stood when it was not first
 * @param auc chance that the entropy at a rejected guess exceeds that at an accepted one; empty if there were no such two
 * @param lookup how much of the same texts can be guessed without a model
 */
record DraftFigures(
        int texts,
        int tokens,
        double acceptance,
        List<PositionShare> byPosition,
        List<EntropyBin> entropyBins,
        MismatchRanks mismatchRanks,
        OptionalDouble auc,
        LookupFigures lookup) {
    static DraftFigures of(Guesses guesses, LookupFigures lookup) {
        return new DraftFigures(
                guesses.texts().size(),
                guesses.tokens(),
                guesses.acceptance(),
                PositionShare.of(guesses),
                EntropyBin.of(guesses),
                MismatchRanks.of(guesses),
                Auc.of(guesses.entropies(false), guesses.entropies(true)),
                lookup);
    }
}
