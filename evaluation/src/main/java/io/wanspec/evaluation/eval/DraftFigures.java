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
 * @param acceptance share of the tokens that the draft had right, each given the target's own text before it
 * @param byPosition acceptance of the i-th draft of a round
 * @param entropyBins acceptance by the draft's entropy
 * @param mismatchRanks where the target's token stood when it was not first
 * @param chanceBins acceptance by the chance that the draft gave its own choice
 * @param auc chance that the entropy at a rejected draft token exceeds that at an accepted one; empty if there were no such two
 * @param surprisalAuc the same of the surprisal of the draft's own choice
 * @param lookup how much of the same texts can be drafted without a model
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
    static DraftFigures of(DraftPredictions predictions, LookupFigures lookup) {
        return new DraftFigures(
                predictions.texts().size(),
                predictions.tokens(),
                predictions.acceptance(),
                PositionShare.of(predictions),
                EntropyBin.of(predictions),
                ChanceBin.of(predictions),
                MismatchRanks.of(predictions),
                auc(predictions, DraftPredictions.Text::entropies),
                auc(predictions, DraftPredictions.Text::surprisals),
                lookup);
    }

    private static OptionalDouble auc(DraftPredictions predictions, Function<DraftPredictions.Text, Ints> column) {
        return Auc.of(predictions.values(column, false), predictions.values(column, true));
    }
}
