package io.wanspec.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.policy.Redundancy;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The proportions that the policies exist for, in virtual time: target pass 40 ms, busy-region draft pass 6 ms, remote 8 ms,
 * acceptance 0.8, 128 tokens. Deterministic, so the bounds are no timing.
 */
class PolicyShapeTest {
    private static final int REQUESTS = 20;
    private static final ControllerSettings B1 = ControllerSettings.colocated(World.TARGET, World.BUSY, 5);

    private record Cost(double ms, double targetPasses, double busyPasses) {
        Cost over(Cost base) {
            return new Cost(ms / base.ms, targetPasses / base.targetPasses, busyPasses / base.busyPasses);
        }
    }

    @Test
    void neverUsesNoBusyRegionPass() {
        Cost ratio = wanspec(new Redundancy.Never(), 10);
        assertThat(ratio.busyPasses()).isZero();
        assertThat(ratio.ms()).isLessThan(1.15);
    }

    @Test
    void entropySavesDraftsAtNoLatencyAtTwentyMs() {
        Cost ratio = wanspec(new Redundancy.Entropy(2), 10);
        assertThat(ratio.busyPasses()).isLessThan(0.7);
        assertThat(ratio.ms()).isLessThan(1.0);
    }

    @Test
    void totalRedundancyIsNotSlowerThanColocatedAtAnyDistance() {
        for (long oneWay : List.of(0L, 10L, 50L, 200L)) {
            assertThat(wanspec(new Redundancy.Always(), oneWay).ms())
                    .as("one way " + oneWay)
                    .isLessThan(1.03);
        }
    }

    @Test
    void aWorkerThatFallsSilentCostsLittle() {
        double plain = cost(ControllerSettings.plain(World.TARGET), 10).ms();
        for (int after : List.of(0, 40)) {
            for (Redundancy redundancy : List.of(new Redundancy.Never(), new Redundancy.Entropy(2))) {
                ControllerSettings settings =
                        ControllerSettings.wanspec(World.TARGET, List.of(World.REMOTE, World.BUSY), redundancy);
                assertThat(cost(settings, 10, after).ms())
                        .as(redundancy + ", silent after " + after)
                        .isLessThan(1.1 * plain);
            }
        }
    }

    private static Cost wanspec(Redundancy redundancy, long oneWayMs) {
        ControllerSettings settings =
                ControllerSettings.wanspec(World.TARGET, List.of(World.REMOTE, World.BUSY), redundancy);
        return cost(settings, oneWayMs).over(cost(B1, oneWayMs));
    }

    private static Cost cost(ControllerSettings settings, long oneWayMs) {
        return cost(settings, oneWayMs, Integer.MAX_VALUE);
    }

    private static Cost cost(ControllerSettings settings, long oneWayMs, int silentAfter) {
        List<Tally> tallies = IntStream.range(0, REQUESTS)
                .mapToObj(seed -> run(settings, seed, oneWayMs, silentAfter))
                .toList();
        return new Cost(
                mean(tallies, tally -> tally.totalNanos() / 1e6),
                mean(tallies, tally -> (double) tally.targetPasses()),
                mean(tallies, tally -> (double) tally.busyDraftPasses()));
    }

    private static Tally run(ControllerSettings settings, int seed, long oneWayMs, int silentAfter) {
        HashModel model = new HashModel(seed, 0.8, 0);
        GenerationRequest request = new GenerationRequest(
                new SessionId("s" + seed), Tokens.of(1, 2, 3), SamplingOptions.greedy(), 128, List.of());
        World world = new World(seed, model, World.Faults.none(oneWayMs), request, settings);
        world.silentAfter = silentAfter;
        return ((Action.Finish) world.run()).tally();
    }

    private static double mean(List<Tally> tallies, Function<Tally, Double> what) {
        return tallies.stream().mapToDouble(what::apply).average().orElseThrow();
    }
}
