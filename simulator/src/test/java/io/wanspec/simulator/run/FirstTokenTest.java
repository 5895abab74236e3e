package io.wanspec.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.simulator.world.SessionFigures;
import io.wanspec.simulator.world.Wan;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first token waits for no draft: whatever the distance, and whatever was learned before, it comes when the target alone has it,
 * but for the rows of drafts that are there already.
 */
final class FirstTokenTest {
    private static final int REQUESTS = 40;
    private static final int TOKENS = 24;

    /** Of a pass of 40 ms: as many draft tokens as a round may have, at 0.2 ms each. */
    private static final double ROWS_SHARE_MAX = 0.08;

    private static Stream<Arguments> goalsAtDistances() {
        return Stream.of("economy", "fast", "eager")
                .flatMap(goal -> Stream.of(0, 5, 20, 50, 100, 200, 1_000).map(rtt -> Arguments.of(goal, rtt)));
    }

    @ParameterizedTest
    @MethodSource("goalsAtDistances")
    void comesWhenTheTargetAloneHasIt(String goal, int rttMs) {
        Scenario scenario = Scenarios.reference().with(Wan.of(rttMs)).with(REQUESTS, 1);
        long alone = firstTokens("b0", scenario).getFirst();
        assertThat(firstTokens(goal, scenario))
                .allSatisfy(nanos -> assertThat(nanos).isBetween(alone, Math.round(alone * (1 + ROWS_SHARE_MAX))));
    }

    private static List<Long> firstTokens(String contender, Scenario scenario) {
        Policy policy = Catalogue.find(contender)
                .orElseThrow()
                .variants()
                .apply(scenario)
                .getFirst();
        return Experiment.figures(scenario, policy, _ -> TOKENS).stream()
                .map(SessionFigures::firstTokenNanos)
                .toList();
    }
}
