package io.wanspec.simulator.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.simulator.region.AwsRegion;
import io.wanspec.simulator.region.AwsRegions;
import io.wanspec.simulator.region.LoadCurve;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AdvisorTest {
    private static final Advisor ADVISOR = Advisor.ofRepository();
    private static final AwsRegion VIRGINIA = AwsRegions.require("us-east-1");

    /** Endpoints of one's own differ in distance and price alone, and the price is the same wherever none is known. */
    @Test
    void theNearestIsTheBestAtTheSamePrice() {
        for (AwsRegion target : AwsRegions.all()) {
            List<Advice> ranked = ADVISOR.rank(PlaceQuestion.about(target, DraftSupply.OWN));
            assertThat(ranked).extracting(Advice::rttMs).as(target.code()).isSorted();
            assertThat(ranked).extracting(Advice::region).doesNotContain(target.code());
        }
    }

    @SeededTest(tries = 30)
    void ranksDoNotDependOnTheOrderOfTheQuestion(Random random) {
        List<AwsRegion> shuffled = new ArrayList<>(AwsRegions.all());
        Collections.shuffle(shuffled, random);
        AwsRegion target = shuffled.getFirst();
        DraftSupply supply = random.nextBoolean() ? DraftSupply.OWN : DraftSupply.IDLE;
        PlaceQuestion asked = new PlaceQuestion(
                target, shuffled, supply, Demand.BUSY, PlaceQuestion.TARGET_INSTANCE, PlaceQuestion.DRAFT_INSTANCE);
        assertThat(ADVISOR.rank(asked)).isEqualTo(ADVISOR.rank(PlaceQuestion.about(target, supply)));
    }

    @Test
    void aDayIsTheMeanOfItsHoursByWhatIsAskedForInThem() {
        Advice best =
                ADVISOR.rank(PlaceQuestion.about(VIRGINIA, DraftSupply.IDLE)).getFirst();
        assertThat(best.hours()).hasSize(LoadCurve.HOURS);
        assertThat(best.hours().stream().mapToDouble(HourOutcome::weight).sum()).isCloseTo(1, within(1e-9));
        assertThat(best.saved())
                .isBetween(
                        best.hours().stream()
                                .mapToDouble(HourOutcome::saved)
                                .min()
                                .orElseThrow(),
                        best.hours().stream()
                                .mapToDouble(HourOutcome::saved)
                                .max()
                                .orElseThrow());
    }

    @Test
    void itSaysWhy() {
        List<Advice> ranked = ADVISOR.rank(new PlaceQuestion(
                VIRGINIA,
                List.of(AwsRegions.require("ap-east-2"), AwsRegions.require("us-east-2")),
                DraftSupply.OWN,
                Demand.of(20_000, 256),
                PlaceQuestion.TARGET_INSTANCE,
                PlaceQuestion.DRAFT_INSTANCE));
        assertThat(ranked).extracting(Advice::region).containsExactly("us-east-2", "ap-east-2");
        assertThat(ranked.getFirst().why())
                .first()
                .asString()
                .startsWith("15 ms away, it saves ")
                .endsWith(" of the draft passes that co-located speculation makes in us-east-1");
        assertThat(ranked.getFirst().passesSavedAMonth()).isPositive();
        assertThat(ranked.getLast().why())
                .anyMatch(reason -> reason.contains("is assumed, of the distance"))
                .anyMatch(reason -> reason.contains("the price of ml.g6.xlarge is that of us-east-1"));
        assertThat(ranked.getFirst().why()).noneMatch(reason -> reason.contains("price of"));
    }

    @Test
    void idleAcceleratorsAreSlowerByDay() {
        assertThat(DraftSupply.OWN.draftMs(1)).isEqualTo(8);
        assertThat(DraftSupply.IDLE.draftMs(0)).isEqualTo(8);
        assertThat(DraftSupply.IDLE.draftMs(1)).isCloseTo(20, within(1e-9));
        Advice own = first(DraftSupply.OWN);
        Advice idle = first(DraftSupply.IDLE);
        assertThat(idle.saved()).isLessThanOrEqualTo(own.saved());
        assertThat(idle.latency()).isGreaterThanOrEqualTo(own.latency());
    }

    @Test
    void anInstanceWithoutAPriceIsRefusedWithTheRemedy() {
        PlaceQuestion unknown = new PlaceQuestion(
                VIRGINIA, AwsRegions.all(), DraftSupply.OWN, Demand.BUSY, "ml.p9.xlarge", PlaceQuestion.DRAFT_INSTANCE);
        assertThatThrownBy(() -> ADVISOR.rank(unknown))
                .hasMessageContaining("ml.p9.xlarge")
                .hasMessageContaining("prices.csv");
    }

    private static Advice first(DraftSupply supply) {
        return ADVISOR.rank(PlaceQuestion.about(VIRGINIA, supply)).getFirst();
    }
}
