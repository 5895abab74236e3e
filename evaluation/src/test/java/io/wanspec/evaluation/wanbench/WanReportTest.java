package io.wanspec.evaluation.wanbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Goal;
import io.wanspec.evaluation.passes.PassCount;
import io.wanspec.local.launch.Pace;
import io.wanspec.simulator.run.Row;
import io.wanspec.simulator.world.SessionFigures;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WanReportTest {
    private static final Method ECONOMY = Method.of(Goal.ECONOMY);
    private static final Method B1 = Method.b1(2);
    private static final WanBenchSettings SETTINGS = new WanBenchSettings(
            List.of(30.0), List.of(Goal.ECONOMY), List.of("Why?", "How?"), 4, 0, 1, Pace.REFERENCE, 1, "t", "d");

    @Test
    void onlyDecodingCounts() {
        // 90 ms and 190 ms after the first token, for 4 tokens each.
        Cost cost = Cost.of(List.of(ledger(2, 3, 500, 590), ledger(3, 4, 10, 200)), 1);
        assertThat(cost.msPerToken()).isCloseTo(280.0 / 8, within(1e-9));
        assertThat(cost.requestMsPerToken()).containsExactly(22.5, 47.5);
        assertThat(cost.targetPassesPerToken()).isCloseTo(5.0 / 8, within(1e-9));
        assertThat(cost.busyDraftPassesPerToken()).isCloseTo(7.0 / 8, within(1e-9));
        assertThat(cost.remoteDraftPassesPerToken()).isCloseTo(18.0 / 8, within(1e-9));
        assertThat(cost.wanBytesPerToken()).isCloseTo(2_000.0 / 8, within(1e-9));
        assertThat(cost.stallMsPerToken()).isCloseTo(10.0 / 8, within(1e-9));
    }

    @Test
    void theRatiosErrorComesFromPairs() {
        Cost steady = Cost.of(List.of(ledger(1, 1, 0, 40), ledger(1, 1, 0, 80)), 1);
        Cost twice = Cost.of(List.of(ledger(1, 1, 0, 80), ledger(1, 1, 0, 160)), 2);
        assertThat(twice.ratioError(steady)).isZero();
        assertThat(twice.msPerToken()).as("times divided by the slowness").isCloseTo(steady.msPerToken(), within(1e-9));
        Cost uneven = Cost.of(List.of(ledger(1, 1, 0, 100), ledger(1, 1, 0, 140)), 1);
        // Ratio 2, residuals +5 and -5 ms a token, over B1's 15 ms.
        assertThat(uneven.ratioError(steady)).isCloseTo(Math.sqrt(50.0 / 2) / 15, within(1e-9));
        assertThat(Cost.of(List.of(ledger(1, 1, 0, 40)), 1).ratioError(steady)).isZero();
    }

    @Test
    void repeatedSimulationsAreOneRequest() {
        Cost cost = Cost.simulated(List.of(figures(10), figures(20), figures(30), figures(40)), 2);
        assertThat(cost.requestMsPerToken()).containsExactly(10.0, 15.0);
        assertThat(cost.msPerToken()).isCloseTo(12.5, within(1e-9));
    }

    @Test
    void overheadsAreWhatPassesAndB0TakeOnTopOfThePace() {
        // 30 passes over 5 tokens, at 40.8 ms each by the pace, and 10 over 7, at 41.2 ms.
        List<PassCount> passes = List.of(
                new PassCount("target", 5, 30, 1, 900, 30 * 81.8), new PassCount("target", 7, 10, 2, 400, 10 * 86.2));
        // 86 ms a pass: four tokens, the first of which does not count.
        Overheads overheads = Overheads.of(Pace.REFERENCE, 2, passes, Cost.of(List.of(ledger(4, 0, 100, 358)), 2));
        assertThat(overheads.targetMs()).isCloseTo((30 * 0.1 + 10 * 1.9) / 40, within(1e-9));
        assertThat(overheads.hopMs()).isCloseTo(43 - 40 - overheads.targetMs(), within(1e-9));
        assertThat(overheads.busyDraftMs()).isZero();
    }

    @Test
    void aDifferentTextIsNamed() {
        Measured measured = measured();
        assertThat(measured.difference(measured.of(Method.B0))).isEmpty();
        Ledger other = ledger(1, 1, 0, 1, Tokens.of(1, 2, 9, 4));
        measured.add(Method.of(Goal.FAST), measured.of(Method.B0).getFirst());
        measured.add(Method.of(Goal.FAST), other);
        assertThat(measured.difference(measured.of(Method.B0)))
                .hasValue("prompt 2: fast at 30.0 ms differs from B0 at token 2");
        assertThat(AnswerTrace.difference(List.of(Tokens.of(1, 2, 3, 4), Tokens.of(1)), measured.of(Method.B0)))
                .hasValueSatisfying(why -> assertThat(why).startsWith("prompt 2: the trace differs"));
    }

    @Test
    void rowsHaveTheNamesOfTheSimulators() throws IOException {
        List<String> simulators = Arrays.stream(Row.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        JsonNode json = new JsonMapper()
                .readTree(WanJson.of(
                        "./wanspec bench wan", SETTINGS, outcome(), outcome().rows(), true));
        assertThat(json.path("identical").asBoolean()).isTrue();
        assertThat(json.path("rows"))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.fieldNames())
                        .toIterable()
                        .contains("latencyVsB1", "busyDraftPassesVsB1", "targetPassesVsB1", "remoteDraftPassesPerToken")
                        .contains("wanBytesPerToken", "stallMsPerToken", "policy", "choice", "rttMs", "msPerToken")
                        .allMatch(name -> simulators.contains(name)
                                || List.of("source", "tokens").contains(name)));
        JsonNode economy = json.path("rows").get(2);
        assertThat(economy.path("policy").asText()).isEqualTo("economy");
        assertThat(economy.path("latencyVsB1").asDouble()).isCloseTo(0.5, within(1e-9));
        assertThat(economy.path("busyDraftPassesVsB1").asDouble()).isCloseTo(0.25, within(1e-9));
        assertThat(economy.path("targetPassesVsB1").asDouble()).isCloseTo(1.5, within(1e-9));
        assertThat(json.path("passes").get(0).get(0).path("late").asLong()).isEqualTo(1);
    }

    @Test
    void theTableSetsTheSimulatedBesideTheMeasured() {
        WanRow measured = outcome().rows().getLast();
        WanRow simulated = WanRow.of(
                WanRow.SIMULATED,
                ECONOMY,
                30,
                Cost.of(List.of(ledger(3, 1, 0, 110), ledger(3, 1, 0, 110)), 1),
                Cost.of(List.of(ledger(2, 4, 0, 200), ledger(2, 4, 0, 200)), 1));
        assertThat(WanTable.lines(List.of(measured, simulated)))
                .hasSize(4)
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(90))
                .anySatisfy(line -> assertThat(line).startsWith("RTT 30 ms"))
                .anySatisfy(line -> assertThat(line).startsWith("economy").contains("0.500 +- 0.000"))
                .anySatisfy(line -> assertThat(line).startsWith("  simulated").contains("0.550 +- 0.000"))
                .anySatisfy(line -> assertThat(line).startsWith("  off").contains("+10.0 %"));
        assertThat(WanTable.passes(outcome().passes()))
                .singleElement()
                .satisfies(line -> assertThat(line)
                        .contains("target of 5 to 8")
                        .contains("40 passes")
                        .contains("7.5 % longer than the pace"));
    }

    private static Measured measured() {
        Measured measured = new Measured(30, 1);
        for (int i = 0; i < 2; i++) {
            measured.add(Method.B0, ledger(4, 0, 0, 400));
            measured.add(B1, ledger(2, 4, 0, 200));
            measured.add(ECONOMY, ledger(3, 1, 0, 100));
        }
        measured.took(
                List.of(new PassCount("target", 5, 30, 1, 900, 1_290), new PassCount("target", 7, 10, 2, 400, 460)));
        return measured;
    }

    private static WanBench.Outcome outcome() {
        Measured measured = measured();
        return new WanBench.Outcome(
                2,
                "somewhere",
                measured.rows(B1),
                List.of(measured.passes()),
                List.of(Overheads.of(Pace.REFERENCE, 1, measured.passes(), Cost.of(measured.of(Method.B0), 1))),
                measured.of(Method.B0),
                Optional.empty());
    }

    private static SessionFigures figures(int ms) {
        return new SessionFigures(2, (ms + 5) * 1_000_000L, 5_000_000, 1, 0, 1, 1, 10, 0);
    }

    private static Ledger ledger(int target, int busy, double firstMs, double totalMs) {
        return ledger(target, busy, firstMs, totalMs, Tokens.of(1, 2, 3, 4));
    }

    private static Ledger ledger(int target, int busy, double firstMs, double totalMs, Tokens tokens) {
        return new Ledger(
                "text", tokens, tokens.size(), target, busy, 9, List.of(), List.of(), 5, 1_000, firstMs, totalMs);
    }
}
