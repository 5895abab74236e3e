package io.wanspec.simulator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.simulator.run.Scenario;
import org.junit.jupiter.api.Test;

/** A short day; {@code ./wanspec sim --placement --requests 1440} runs a long one. */
class PlacementStudyTest {
    private static final int REQUESTS = Integer.getInteger("wanspec.placement.requests", 192);

    @Test
    void isNearlyAsGoodAsAnOracleAndNeverWorseThanAFixedRegion() {
        PlacementResults day =
                new PlacementStudy(Scenario.reference(0).withTokens(96).with(REQUESTS, 7)).run(done -> {});
        PlacementRow placed = day.row("placement");
        PlacementRow oracle = day.row("oracle");
        PlacementRow fixed = day.bestRegion();
        assertThat(placed.msPerToken()).as(day.toString()).isLessThanOrEqualTo(1.05 * oracle.msPerToken());
        assertThat(placed.busyPasses()).as(day.toString()).isLessThanOrEqualTo(oracle.busyPasses() + 0.05);
        assertThat(placed.msPerToken()).as(day.toString()).isLessThanOrEqualTo(fixed.msPerToken());
        assertThat(placed.busyPasses()).as(day.toString()).isLessThanOrEqualTo(fixed.busyPasses());
        assertThat(day.changes()).as(day.toString()).isLessThan(REQUESTS / 2);
    }
}
