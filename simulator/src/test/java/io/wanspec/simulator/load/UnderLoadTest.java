package io.wanspec.simulator.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.simulator.run.Catalogue;
import io.wanspec.simulator.run.Policy;
import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.run.Scenarios;
import io.wanspec.simulator.run.Totals;
import io.wanspec.simulator.run.WanRoute;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The real controller at one target that many sessions share, beside target-only decoding and co-located speculation. */
final class UnderLoadTest {
    private static final Scenario SCENARIO =
            WanRoute.of(50).place(Scenarios.reference()).withTokens(96);
    private static final int REQUESTS = 32;

    /** Run lengths among which B1's best is at these loads. */
    private static final List<Integer> RUNS = List.of(3, 5, 7);

    private static final Map<Integer, Double> BASELINES = new ConcurrentHashMap<>();

    @ParameterizedTest
    @CsvSource({
        "1, economy", "2, economy", "4, economy", "8, economy", "16, economy", "32, economy", "64, economy",
        "1, fast", "2, fast", "4, fast", "8, fast", "16, fast", "32, fast", "64, fast"
    })
    void noLoadMakesItSlowerThanTheBetterOfTheBaselines(int clients, String goal) {
        double ours = run(goal, 0, clients).totals().msPerToken();
        assertThat(ours).isLessThan(BASELINES.computeIfAbsent(clients, UnderLoadTest::baseline));
    }

    /** What speculation is not told of, it takes for itself: 64 sessions that each fill a pass. */
    @Test
    void inACrowdARoundTakesOnlyWhatIsNearlySureToBeRight() {
        List<Totals> rounds = IntStream.of(1, 8, 64)
                .mapToObj(clients -> run("eager", 0, clients).totals())
                .toList();
        assertThat(rounds.get(0).draftsPerRound()).isGreaterThan(6);
        assertThat(rounds.get(1).draftsPerRound()).isBetween(3.0, 6.0);
        assertThat(rounds.get(2).draftsPerRound()).isLessThan(2);
    }

    /** To be in each pass with what there is replaces the busy region's drafts. */
    @ParameterizedTest
    @CsvSource({"20, 0.005", "30, 0.005", "50, 0.1", "100, 0.4"})
    void atHalfOfItsCapacityFewDraftsAreMadeInTheBusyRegion(double rttMs, double busyMax) {
        Scenario scenario = WanRoute.of(rttMs).place(SCENARIO).with(120, 1);
        SessionArrivals half = new SessionArrivals.Random(9);
        LoadFigures b1 = LoadRun.of(scenario, policy("b1", 3), Serving.REFERENCE, half);
        LoadFigures ours = LoadRun.of(scenario, policy("economy", 0), Serving.REFERENCE, half);
        LoadStudyRow row = LoadStudyRow.of("economy", "", scenario, Serving.REFERENCE, half, ours, b1);
        assertThat(row.latencyVsB1()).isLessThan(1);
        assertThat(row.busyDraftPassesVsB1()).isLessThanOrEqualTo(busyMax);
        assertThat(row.targetBusyVsB1()).isLessThan(1.1);
    }

    /**
     * Who alone decodes plainly among others that speculate has their long passes and no drafts. So a stretch of bad luck in a long
     * answer must not end what pays.
     */
    @Test
    void nobodyLeavesWhatPaysInACrowd() {
        Scenario scenario = SCENARIO.withTokens(256).with(1, 1);
        SessionArrivals crowd = new SessionArrivals.Clients(64);
        LoadFigures b1 = LoadRun.of(scenario, policy("b1", 2), Serving.REFERENCE, crowd);
        LoadFigures ours = LoadRun.of(scenario, policy("economy", 0), Serving.REFERENCE, crowd);
        assertThat(LoadStudyRow.of("economy", "", scenario, Serving.REFERENCE, crowd, ours, b1)
                        .p95MsPerToken())
                .isLessThan(LoadStudyRow.of("b1", "", scenario, Serving.REFERENCE, crowd, b1, b1)
                        .p95MsPerToken());
    }

    private static double baseline(int clients) {
        double plain = run("b0", 0, clients).totals().msPerToken();
        return RUNS.stream()
                .mapToDouble(k -> run("b1", k - 1, clients).totals().msPerToken())
                .reduce(plain, Math::min);
    }

    private static LoadFigures run(String name, int variant, int clients) {
        Scenario scenario = SCENARIO.with(Math.max(1, REQUESTS / clients), 1);
        return LoadRun.of(scenario, policy(name, variant), Serving.REFERENCE, new SessionArrivals.Clients(clients));
    }

    private static Policy policy(String name, int variant) {
        return Catalogue.find(name).orElseThrow().variants().apply(SCENARIO).get(variant);
    }
}
