package io.wanspec.evaluation.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.contracts.Ints;
import io.wanspec.contracts.Tokens;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DraftFiguresTest {
    @SeededTest
    void aucAgreesWithTheQuadraticTwin(Random random) {
        checkAuc(Gen.ints(random, 1, 30, () -> Gen.anyInt(random)), Gen.ints(random, 1, 30, () -> Gen.anyInt(random)));
    }

    /** Few values, so that ties are common. */
    @SeededTest
    void aucAgreesWithTheQuadraticTwinOnTies(Random random) {
        checkAuc(Gen.ints(random, 1, 30, () -> random.nextInt(4)), Gen.ints(random, 1, 30, () -> random.nextInt(4)));
    }

    private static void checkAuc(int[] first, int[] second) {
        double wins = 0;
        for (int a : first) {
            for (int b : second) {
                wins += a > b ? 1 : a == b ? 0.5 : 0;
            }
        }
        double expected = wins / first.length / second.length;
        assertThat(Auc.of(first, second).orElseThrow()).isCloseTo(expected, within(1e-12));
    }

    @Test
    void aucOfOneClassIsNone() {
        assertThat(Auc.of(new int[0], new int[] {1})).isEmpty();
        assertThat(Auc.of(new int[] {1}, new int[0])).isEmpty();
        assertThat(Auc.of(new int[] {Integer.MAX_VALUE}, new int[] {1})).hasValue(1);
    }

    @Test
    void binsCountByTheDraftsEntropy() {
        List<EntropyBin> bins =
                EntropyBin.of(predictions(new int[] {0, 99, 100, 4_000, 999_999, 50}, 0, 3, 0, 8, 0, 0));
        assertThat(bins).hasSize(9);
        assertThat(bins.getFirst()).isEqualTo(new EntropyBin(0, 100, 3, 2));
        assertThat(bins.get(1)).isEqualTo(new EntropyBin(100, 250, 1, 1));
        assertThat(bins.getLast()).isEqualTo(new EntropyBin(4_000, Integer.MAX_VALUE, 2, 1));
        assertThat(bins.get(2).acceptance()).isEmpty();
        assertThat(bins.getFirst().acceptance()).hasValue(2.0 / 3);
    }

    @Test
    void chancesAreHeldAgainstWhatCameTrue() {
        // Surprisals are the entropies here: chances 1, 0.905 and 0.5.
        List<ChanceBin> bins = ChanceBin.of(predictions(new int[] {0, 100, 693}, 0, 1, 0));
        assertThat(bins).hasSize(10);
        assertThat(bins.get(9).tokens()).isEqualTo(2);
        assertThat(bins.get(9).acceptance()).hasValue(0.5);
        assertThat(bins.get(9).chance().orElseThrow()).isCloseTo(0.9524, within(1e-4));
        assertThat(bins.get(5)).isEqualTo(new ChanceBin(5, 1, 1, Math.exp(-0.693)));
        assertThat(bins.getFirst().chance()).isEmpty();
    }

    @Test
    void ranksAfterAMismatch() {
        MismatchRanks ranks = MismatchRanks.of(predictions(new int[8], 0, 1, 1, 2, 3, 4, 8, 0));
        assertThat(ranks).isEqualTo(new MismatchRanks(2, 1, 1, 2));
        assertThat(ranks.share(ranks.second())).isEqualTo(2.0 / 6);
    }

    @Test
    void aRoundEndsWithAMismatchOrItsBonusToken() {
        // Rounds: + + -, -, +-, then eight accepted and a bonus token (here a mismatch that is none), then + at the
        // end.
        int[] ranks = {0, 0, 1, 8, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0, 5, 0};
        List<PositionShare> shares = PositionShare.of(predictions(new int[ranks.length], ranks));
        assertThat(shares)
                .containsExactly(
                        new PositionShare(5, 4),
                        new PositionShare(3, 2),
                        new PositionShare(2, 1),
                        new PositionShare(1, 1),
                        new PositionShare(1, 1),
                        new PositionShare(1, 1),
                        new PositionShare(1, 1),
                        new PositionShare(1, 1));
    }

    /** The product over positions foretells what rounds yield, if the rounds are cut right. */
    @Test
    void independentPredictionsGiveTheSameShareAtEveryPosition() {
        Random random = new Random(5);
        int[] ranks = IntStream.range(0, 200_000)
                .map(i -> random.nextInt(10) < 7 ? 0 : 1)
                .toArray();
        List<PositionShare> shares = PositionShare.of(predictions(new int[ranks.length], ranks));
        assertThat(shares)
                .hasSize(PositionShare.DRAFTS)
                .allSatisfy(share ->
                        assertThat(share.acceptance()).isCloseTo(0.7, within(5 * Math.sqrt(0.21 / share.tries()))));
    }

    @Test
    void positionsWithoutATryAreLeftOut() {
        assertThat(PositionShare.of(predictions(new int[3], 1, 1, 1))).containsExactly(new PositionShare(3, 0));
    }

    @Test
    void figuresOfSeveralTexts() {
        List<DraftPredictions.Text> texts = new ArrayList<>();
        texts.addAll(predictions(new int[] {10, 500}, 0, 1).texts());
        texts.addAll(predictions(new int[] {20, 5}, 0, 0).texts());
        DraftFigures figures = DraftFigures.of(new DraftPredictions(texts), new LookupFigures(4, 2, 1));
        assertThat(figures.texts()).isEqualTo(2);
        assertThat(figures.tokens()).isEqualTo(4);
        assertThat(figures.acceptance()).isEqualTo(0.75);
        assertThat(figures.auc()).hasValue(1);
        assertThat(figures.lookup().acceptance()).isEqualTo(0.25);
    }

    /** Two tokens that occurred before call for the third behind them, whatever the position. */
    @Test
    void lookupProposesWhatFollowedBefore() {
        // 4 1 is new; 1 2 was followed by 3, which comes again; 2 3 by 4, but now by 9; 3 9 is new.
        LookupFigures figures = Lookups.of(Tokens.of(1, 2, 3, 4, 1), Tokens.of(2, 3, 9, 5));
        assertThat(figures).isEqualTo(new LookupFigures(4, 2, 1));
        assertThat(Lookups.of(Tokens.of(1), Tokens.of(7, 8))).isEqualTo(new LookupFigures(2, 0, 0));
        assertThat(LookupFigures.NONE.plus(figures).plus(figures)).isEqualTo(new LookupFigures(8, 4, 2));
    }

    private static DraftPredictions predictions(int[] entropies, int... ranks) {
        return new DraftPredictions(
                List.of(new DraftPredictions.Text(Ints.of(entropies), Ints.of(ranks), Ints.of(entropies))));
    }

    @Test
    void countsByRank() {
        DraftPredictions some = predictions(new int[] {7, 8, 9}, 0, 8, 0);
        assertThat(some.count(rank -> rank == 0)).isEqualTo(2);
        assertThat(some.values(DraftPredictions.Text::entropies, true)).containsExactly(7, 9);
        assertThat(some.values(DraftPredictions.Text::entropies, false)).containsExactly(8);
    }
}
