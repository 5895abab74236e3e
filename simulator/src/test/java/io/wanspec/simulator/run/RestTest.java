package io.wanspec.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.RequestKind;
import io.wanspec.simulator.text.SignalModel;
import io.wanspec.simulator.world.LinearPassTimes;
import io.wanspec.simulator.world.SimSession;
import io.wanspec.simulator.world.Wan;
import org.junit.jupiter.api.Test;

/** Where speculation cannot pay, WANSpec costs what plain decoding costs, and comes back when it pays again. */
class RestTest {
    private static final int REQUESTS = 120;

    /** Rows that are dear, drafts that are wrong, and far away. */
    private static final Scenario HOPELESS = scenario(0.3, new LinearPassTimes(20, 3, 6, 8, 0.05));

    private static final Scenario GOOD = scenario(0.8, new LinearPassTimes(40, 0.2, 6, 8, 0.05));

    @Test
    void speculationThatLosesRestsAndCostsNothing() {
        double plain = nanosPerToken(policy("b0", HOPELESS), LearnedByKind.none(), HOPELESS)
                .nanos();
        Run wanspec = nanosPerToken(policy("economy", HOPELESS), LearnedByKind.none(), HOPELESS);
        assertThat(wanspec.learned().of(RequestKind.GREEDY).isResting()).isTrue();
        assertThat(wanspec.nanos() / plain).isLessThan(1.04);
    }

    @Test
    void itEndsTheRestWhenItPaysAgain() {
        LearnedByKind resting = nanosPerToken(policy("economy", HOPELESS), LearnedByKind.none(), HOPELESS)
                .learned();
        Run better = nanosPerToken(policy("economy", GOOD), resting, GOOD);
        assertThat(better.learned().of(RequestKind.GREEDY).isResting()).isFalse();
    }

    @Test
    void whereItPaysItDoesNotRest() {
        double plain =
                nanosPerToken(policy("b0", GOOD), LearnedByKind.none(), GOOD).nanos();
        Run wanspec = nanosPerToken(policy("economy", GOOD), LearnedByKind.none(), GOOD);
        assertThat(wanspec.learned().of(RequestKind.GREEDY).isResting()).isFalse();
        assertThat(wanspec.nanos() / plain).isLessThan(0.7);
    }

    private record Run(double nanos, LearnedByKind learned) {}

    private static Run nanosPerToken(Policy policy, LearnedByKind before, Scenario scenario) {
        LearnedByKind learned = before;
        double nanos = 0;
        for (int i = 0; i < REQUESTS; i++) {
            SimSession session = Experiment.one(scenario, policy, learned, scenario.seed() + i);
            learned = session.teach(learned);
            nanos += session.figures().nanos();
        }
        return new Run(nanos / REQUESTS / scenario.tokens(), learned);
    }

    private static Policy policy(String name, Scenario scenario) {
        return Catalogue.find(name).orElseThrow().variants().apply(scenario).getFirst();
    }

    private static Scenario scenario(double acceptance, LinearPassTimes times) {
        return new Scenario(
                "rest",
                Wan.of(70),
                times,
                new SignalModel(acceptance, 0.8, new double[] {0.45, 0.15, 0.08}),
                0,
                128,
                REQUESTS,
                1);
    }
}
