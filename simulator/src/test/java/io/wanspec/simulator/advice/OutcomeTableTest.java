package io.wanspec.simulator.advice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.simulator.load.ServedCosts;
import io.wanspec.simulator.region.KeptTable;
import io.wanspec.simulator.run.Crew;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutcomeTableTest {
    private static final OutcomeTable KEPT = OutcomeTable.ofRepository();

    /** What is kept is what the simulator finds; the whole of it is simulated anew by ./wanspec study compute --simulate. */
    @ParameterizedTest
    @CsvSource({"20, 8, 1", "100, 12, 8"})
    void whatIsKeptIsSimulated(double rttMs, double draftMs, int sessions) throws InterruptedException {
        OutcomeGrid cell = new OutcomeGrid(List.of(rttMs), List.of(draftMs), List.of(sessions));
        List<String> lines = OutcomeTable.lines(OutcomeSimulation.run(cell, 1, Crew.Progress.NONE));
        assertThat(KeptTable.rows(OutcomeTable.class, "outcomes.csv", 11))
                .extracting(row -> String.join(",", row))
                .contains(lines.getLast());
    }

    @SeededTest(tries = 300)
    void aLongerWayIsNeverBetter(Random random) {
        double draftMs = Gen.between(random, 0.0, 30.0);
        double sessions = Gen.between(random, 0.0, 64.0);
        double near = Gen.between(random, 0.0, 500.0);
        double far = Gen.between(random, near, 600.0);
        assertNoBetter(KEPT.at(far, draftMs, sessions), KEPT.at(near, draftMs, sessions));
    }

    @SeededTest(tries = 300)
    void slowerDraftsAreNeverBetter(Random random) {
        double rttMs = Gen.between(random, 0.0, 500.0);
        double sessions = Gen.between(random, 0.0, 64.0);
        double fast = Gen.between(random, 0.0, 25.0);
        double slow = Gen.between(random, fast, 40.0);
        assertNoBetter(KEPT.at(rttMs, slow, sessions), KEPT.at(rttMs, fast, sessions));
    }

    @Test
    void betweenTwoPlacesIsBetweenTheirOutcomes() {
        OutcomeTable table = new OutcomeTable(List.of(cell(0, 10, 0.2), cell(100, 20, 0.4)));
        Outcome middle = table.at(25, 8, 1);
        assertThat(middle.latency()).isCloseTo(12.5 / 20, within(1e-9));
        assertThat(middle.saved()).isCloseTo(1 - 0.25, within(1e-9));
        assertThat(table.at(1e6, 99, 99)).as("beyond the edge").isEqualTo(table.at(100, 8, 1));
    }

    @Test
    void aPlaceThatLooksBetterThanANearerOneIsAsGood() {
        OutcomeTable table = new OutcomeTable(List.of(cell(0, 10, 0.4), cell(100, 9, 0.3)));
        assertThat(table.at(100, 8, 1)).isEqualTo(table.at(0, 8, 1));
    }

    @Test
    void aGridWithAHoleIsRefused() {
        List<OutcomeSimulation.Cell> cells = List.of(
                cell(0, 10, 0.4),
                new OutcomeSimulation.Cell(5, 12, 1, cell(0, 1, 1).outcome()));
        assertThatThrownBy(() -> new OutcomeTable(cells)).hasMessageContaining("no whole grid");
        assertThatThrownBy(() -> new OutcomeGrid(List.of(5.0, 5.0), List.of(8.0), List.of(1)))
                .hasMessageContaining("rises");
    }

    private static void assertNoBetter(Outcome worse, Outcome better) {
        assertThat(worse.latency()).isGreaterThanOrEqualTo(better.latency() - 1e-9);
        assertThat(worse.saved()).isLessThanOrEqualTo(better.saved() + 1e-9);
    }

    /** Beside a B1 of 20 ms and one busy-region draft pass a token. */
    private static OutcomeSimulation.Cell cell(double rttMs, double latencyMs, double busyPasses) {
        return new OutcomeSimulation.Cell(
                rttMs,
                8,
                1,
                new Outcome(new ServedCosts(latencyMs, 5, busyPasses, 2, 400), new ServedCosts(20, 5, 1, 0, 0)));
    }
}
