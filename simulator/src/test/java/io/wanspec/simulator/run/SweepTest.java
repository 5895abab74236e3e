package io.wanspec.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.controller.LearnedByKind;
import io.wanspec.simulator.world.SimSession;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SweepTest {
    private static final Scenario REFERENCE = Scenarios.reference().with(4, 1);

    @Test
    void rowsDoNotDependOnTheThreads() throws InterruptedException {
        List<Sweep.Point> points = points(20, 50);
        assertThat(sweep(4, points)).isEqualTo(sweep(1, points));
    }

    @Test
    void everyPointHasItsRowInItsPlace() throws InterruptedException {
        List<Sweep.Point> points = points(20, 50);
        List<Row> rows = sweep(2, points);
        assertThat(rows.stream().map(row -> row.policy() + row.rttMs()))
                .containsExactlyElementsOf(points.stream()
                        .map(point -> point.contender().name()
                                + point.scenario().wan().rttMs())
                        .toList());
    }

    @Test
    void colocatedSpeculationIsItsOwnMeasure() throws InterruptedException {
        Row row = sweep(1, List.of(new Sweep.Point(Catalogue.B1, REFERENCE))).getFirst();
        assertThat(row.latencyVsB1()).isEqualTo(1);
        assertThat(row.latencyError()).isCloseTo(0, within(1e-12));
        assertThat(row.busyDraftPassesVsB1()).isEqualTo(1);
        assertThat(row.targetPassesVsB1()).isEqualTo(1);
        assertThat(row.choice()).isEqualTo("k=5");
    }

    @Test
    void theBestVariantIsTheBestOfAll() {
        Scenario scenario = Scenarios.reference().with(10, 3);
        double least = Catalogue.B1.variants().apply(scenario).stream()
                .mapToDouble(policy -> Experiment.run(scenario, policy).msPerToken())
                .min()
                .orElseThrow();
        assertThat(Best.of(Catalogue.B1, scenario).totals().msPerToken()).isEqualTo(least);
    }

    /** Whatever the policy, the answer is the target's. */
    @Test
    void everyPolicyOfTheCatalogueSpeaksTheSameText() {
        Scenario scenario = WanRoute.of(50).place(REFERENCE);
        SimSession plain = Experiment.one(scenario, variant("b0", scenario), LearnedByKind.none(), 9);
        for (Contender contender : Catalogue.all()) {
            SimSession session = Experiment.one(scenario, variant(contender.name(), scenario), LearnedByKind.none(), 9);
            assertThat(session.tokens()).as(contender.name()).isEqualTo(plain.tokens());
        }
    }

    /** A step that changes nothing would be a name without a thing. */
    @Test
    void everyStepOfTheLadderMakesADifference() {
        Scenario scenario = WanRoute.of(50).place(REFERENCE);
        Set<Double> latencies = new TreeSet<>();
        for (Contender contender : Ablation.ladder()) {
            latencies.add(Best.of(contender, scenario).totals().msPerToken());
        }
        assertThat(latencies).hasSameSizeAs(Ablation.ladder());
    }

    @Test
    void namesAreUnique() {
        List<String> names = Catalogue.all().stream().map(Contender::name).toList();
        assertThat(names).doesNotHaveDuplicates();
        assertThat(Scenarios.names()).doesNotHaveDuplicates();
    }

    @Test
    void aRouteAddsItsJitterAndItsName() {
        Scenario placed = WanRoute.region("us-east-1/us-west-2").orElseThrow().place(REFERENCE);
        assertThat(placed.wan().rttMs()).isEqualTo(71);
        assertThat(placed.wan().jitterMs()).isEqualTo(2);
        assertThat(placed.name()).isEqualTo("reference us-east-1/us-west-2");
    }

    @Test
    void progressCountsToTheEnd() throws InterruptedException {
        List<Integer> seen = Collections.synchronizedList(new ArrayList<>());
        try (Crew crew = new Crew(2, (done, of) -> seen.add(done))) {
            crew.all(Collections.nCopies(7, () -> 1));
        }
        assertThat(seen).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void whatATaskThrowsEndsTheList() {
        try (Crew crew = new Crew(1, Crew.Progress.NONE)) {
            assertThatThrownBy(() -> crew.all(List.of(() -> {
                        throw new IllegalStateException("broken");
                    })))
                    .hasMessageContaining("broken");
        }
    }

    private static Policy variant(String name, Scenario scenario) {
        List<Policy> variants = Catalogue.find(name).orElseThrow().variants().apply(scenario);
        return variants.get(variants.size() / 3);
    }

    private static List<Sweep.Point> points(double... rtts) {
        List<Sweep.Point> points = new ArrayList<>();
        for (double rtt : rtts) {
            for (Contender contender : Catalogue.POLICIES) {
                points.add(new Sweep.Point(contender, WanRoute.of(rtt).place(REFERENCE)));
            }
        }
        return points;
    }

    private static List<Row> sweep(int threads, List<Sweep.Point> points) throws InterruptedException {
        try (Crew crew = new Crew(threads, Crew.Progress.NONE)) {
            return new Sweep(crew).run(points);
        }
    }
}
