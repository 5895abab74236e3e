package io.wanspec.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class CapacityTest {
    private static final Scenario SCENARIO =
            WanRoute.of(50).place(Scenarios.reference()).with(2, 1);
    private static final List<Contender> ECONOMY =
            List.of(Catalogue.find("economy").orElseThrow());

    private static final List<CapacityRow> ROWS = capacity(1);

    /** A processor that is never idle serves n users n times as slowly as one. */
    @Test
    void colocatedUsersShareTheTargetEvenly() {
        Policy policy = Catalogue.B1.variants().apply(SCENARIO).get(4);
        double alone = Experiment.run(SCENARIO.with(100, 1), policy).msPerToken();
        ClosedLoop crowd = ClosedLoop.runColocated(SCENARIO.with(4, 1), policy, 12);
        assertThat(crowd.totals().msPerToken()).isCloseTo(12 * alone, Percentage.withPercentage(3));
        assertThat(crowd.utilisation()).isCloseTo(1, within(0.01));
        assertThat(crowd.totals().draftsPerRound()).isCloseTo(5, within(0.1));
        assertThat(crowd.totals().requests()).isEqualTo(4 * 12);
    }

    @Test
    void targetOnlyUsersTakeTurns() {
        Policy plain =
                Catalogue.find("b0").orElseThrow().variants().apply(SCENARIO).getFirst();
        assertThat(ClosedLoop.run(SCENARIO, plain, 5).quantile(0.95)).isCloseTo(5 * 40, within(1.0));
    }

    @Test
    void quantilesAreOfTheNearestRank() {
        ClosedLoop loop = ClosedLoop.run(
                SCENARIO, ECONOMY.getFirst().variants().apply(SCENARIO).getFirst(), 3);
        assertThat(loop.quantile(0.5)).isLessThanOrEqualTo(loop.quantile(0.95));
        assertThat(loop.quantile(0.95)).isEqualTo(loop.quantile(1));
    }

    @Test
    void theCapacityIsWithinTheLimitAndAFewMoreAreNot() {
        CapacityRow row = ROWS.get(1);
        Policy policy = ECONOMY.getFirst().variants().apply(SCENARIO).getFirst();
        assertThat(row.p95MsPerToken()).isLessThanOrEqualTo(row.limitMsPerToken());
        assertThat(ClosedLoop.run(SCENARIO, policy, row.users()).quantile(0.95)).isEqualTo(row.p95MsPerToken());
        assertThat(ClosedLoop.run(SCENARIO, policy, row.users() + 3).quantile(0.95))
                .isGreaterThan(row.limitMsPerToken());
    }

    /** The project's goal for 64 users, at a size that tests can afford. */
    @Test
    void remoteDraftsServeOneAndAHalfTimesAsManyUsers() {
        assertThat(ROWS.getFirst().usersVsB1()).isEqualTo(1);
        assertThat(ROWS.get(1).usersVsB1()).isGreaterThanOrEqualTo(1.5);
    }

    @Test
    void rowsDoNotDependOnTheThreads() {
        assertThat(capacity(3)).isEqualTo(ROWS);
    }

    private static List<CapacityRow> capacity(int threads) {
        try (Crew crew = new Crew(threads, Crew.Progress.NONE)) {
            return new Capacity(crew).run(SCENARIO, List.of(6), ECONOMY);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
