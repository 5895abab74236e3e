package io.wanspec.evaluation.eval;

import io.wanspec.contracts.Ints;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Function;

/**
 * How good a draft was at one temperature.
 *
 * @param texts how many prompts were answered
 * @param tokens of all answers
 * @param acceptance share of the tokens that the draft had guessed, each given the target's own text before it
 * @param byPosition acceptance of the i-th draft of a round
 * @param entropyBins acceptance by the draft's entropy
 * @param mismatchRanks where the target's token stood when it was not first
 * @param chanceBins acceptance by the chance that the draft gave its own choice
 * @param auc chance that the entropy at a rejected guess exceeds that at an accepted one; empty if there were no such two
 * @param surprisalAuc the same of the surprisal of the draft's own choice
 * @param lookup how much of the same texts can be guessed without a model
 */
record DraftFigures(
        int texts,
        int tokens,
        double acceptance,
        List<PositionShare> byPosition,
        List<EntropyBin> entropyBins,
        List<ChanceBin> chanceBins,
        MismatchRanks mismatchRanks,
        OptionalDouble auc,
        OptionalDouble surprisalAuc,
        LookupFigures lookup) {
    static DraftFigures of(Guesses guesses, LookupFigures lookup) {
        return new DraftFigures(
                guesses.texts().size(),
                guesses.tokens(),
                guesses.acceptance(),
                PositionShare.of(guesses),
                EntropyBin.of(guesses),
                ChanceBin.of(guesses),
                MismatchRanks.of(guesses),
                auc(guesses, Guesses.Text::entropies),
                auc(guesses, Guesses.Text::surprisals),
                lookup);
    }

    private static OptionalDouble auc(Guesses guesses, Function<Guesses.Text, Ints> column) {
        return Auc.of(guesses.values(column, false), guesses.values(column, true));
    }
}
