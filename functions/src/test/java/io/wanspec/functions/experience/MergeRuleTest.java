package io.wanspec.functions.experience;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.LearnedEstimates;
import io.wanspec.controller.RequestKind;
import io.wanspec.controller.estimate.LoadSeen;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.Random;
import org.assertj.core.data.Offset;

/** What two functions learned, put together. */
final class MergeRuleTest {
    private static final Offset<Double> NEARLY = Offset.offset(1e-9);

    @SeededTest
    void nothingIsLostNorCountedTwice(Random random) {
        LearnedEstimates begun = any(random, 0, 1000);
        LearnedEstimates mine = any(random, begun.requests(), begun.requests() + 100);
        LearnedEstimates theirs = any(random, begun.requests(), begun.requests() + 100);

        LearnedEstimates merged = MergeRule.merge(begun, mine, theirs);

        assertThat(merged.requests() - begun.requests())
                .isEqualTo(mine.requests() + theirs.requests() - 2 * begun.requests());
        assertThat(merged.acceptance())
                .isBetween(
                        Math.min(mine.acceptance(), theirs.acceptance()) - 1e-9,
                        Math.max(mine.acceptance(), theirs.acceptance()) + 1e-9);
    }

    @SeededTest
    void theOrderDoesNotMatter(Random random) {
        LearnedEstimates begun = any(random, 0, 1000);
        LearnedEstimates mine = any(random, begun.requests(), begun.requests() + 100);
        LearnedEstimates theirs = any(random, begun.requests() + 1, begun.requests() + 100);

        LearnedEstimates one = MergeRule.merge(begun, mine, theirs);
        LearnedEstimates other = MergeRule.merge(begun, theirs, mine);

        assertThat(one.requests()).isEqualTo(other.requests());
        assertThat(one.acceptance()).isCloseTo(other.acceptance(), NEARLY);
        assertThat(one.priceFactor()).isCloseTo(other.priceFactor(), NEARLY);
    }

    @SeededTest
    void whoLearnedAloneIsRight(Random random) {
        LearnedEstimates begun = any(random, 0, 1000);
        LearnedEstimates mine = any(random, begun.requests() + 1, begun.requests() + 100);

        assertThat(MergeRule.merge(begun, mine, begun)).isEqualTo(mine);
    }

    @SeededTest
    void theyStayBoundedHoweverManyLearn(Random random) {
        LearnedEstimates many = any(random, Integer.MAX_VALUE / 4, Integer.MAX_VALUE / 3);

        assertThat(MergeRule.merge(LearnedEstimates.none(), many, many).requests())
                .isEqualTo(MergeRule.REQUESTS_MAX);
    }

    /** Plain sessions end all the time while speculation rests: none of them takes back what one that tried has found. */
    @SeededTest
    void whoWasAtRestDoesNotProlongIt(Random random) {
        LearnedEstimates resting = resting(any(random, 5, 1000), 1);
        LearnedEstimates over = resting(any(random, resting.requests() + 1, resting.requests() + 3), 0);

        assertThat(MergeRule.merge(resting, resting, over)).isEqualTo(over);
        assertThat(MergeRule.merge(resting, over, resting)).isEqualTo(over);
    }

    @SeededTest
    void eachKindIsMergedByItselfInAnyOrder(Random random) {
        LearnedByKind begun = kinds(random, LearnedByKind.none(), 0.5);
        LearnedByKind mine = kinds(random, begun, 0.7);
        LearnedByKind theirs = kinds(random, begun, 0.7);

        LearnedByKind one = MergeRule.merge(begun, mine, theirs);
        LearnedByKind other = MergeRule.merge(begun, theirs, mine);

        for (RequestKind kind : RequestKind.values()) {
            int added = mine.ownOf(kind).requests() + theirs.ownOf(kind).requests();
            assertThat(one.ownOf(kind).requests())
                    .isEqualTo(added - begun.ownOf(kind).requests());
            assertThat(one.ownOf(kind).requests()).isEqualTo(other.ownOf(kind).requests());
            assertThat(one.ownOf(kind).acceptance()).isCloseTo(other.ownOf(kind).acceptance(), NEARLY);
        }
    }

    /** A function of the version before writes what all kinds taught it under one name, and drops the others. */
    @SeededTest
    void aKindThatOthersDropIsKept(Random random) {
        LearnedByKind begun = kinds(random, LearnedByKind.none(), 1);
        LearnedByKind mine = kinds(random, begun, 0.5);
        LearnedByKind theirs = LearnedByKind.none().with(RequestKind.GREEDY, any(random, 1, 9));

        LearnedByKind merged = MergeRule.merge(begun, mine, theirs);

        assertThat(merged.own()).containsOnlyKeys(RequestKind.values());
        assertThat(merged.ownOf(RequestKind.HOT)).isEqualTo(mine.ownOf(RequestKind.HOT));
    }

    /** Some kinds of it have learned more. */
    private static LearnedByKind kinds(Random random, LearnedByKind from, double share) {
        LearnedByKind kinds = from;
        for (RequestKind kind : RequestKind.values()) {
            if (random.nextDouble() < share) {
                int before = from.ownOf(kind).requests();
                kinds = kinds.with(kind, any(random, before + 1, before + 100));
            }
        }
        return kinds;
    }

    private static LearnedEstimates resting(LearnedEstimates like, int rest) {
        return new LearnedEstimates(
                like.requests(),
                like.acceptance(),
                like.tokenShare(),
                like.calibration(),
                like.priceFactor(),
                like.paceRatio(),
                like.plainRatio(),
                rest,
                like.load());
    }

    private static LearnedEstimates any(Random random, int fewest, int most) {
        return new LearnedEstimates(
                Gen.between(random, fewest, most),
                Gen.between(random, 0.0, 1.0),
                Gen.between(random, 0.0, 0.1),
                Gen.between(random, 0.5, 2.0),
                Gen.between(random, 0.1, 1.0),
                Gen.between(random, 0.0, 3.0),
                Gen.between(random, 0.0, 3.0),
                Gen.between(random, 0, 20),
                LoadSeen.nothing());
    }
}
