package io.wanspec.simulator.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.simulator.fault.FaultOutcome.Seen;
import io.wanspec.simulator.run.Crew;
import org.junit.jupiter.api.Test;

/**
 * Seeded schedules of faults around the real controller and the real draft workers. Replay one with {@code -Dwanspec.seed=N},
 * run more with {@code -Dwanspec.seeds=N}.
 */
class FaultScheduleTest {
    private static final int SEEDS = Integer.getInteger("wanspec.seeds", 6_000);

    @Test
    void everyScheduleEndsWithTheTargetsText() {
        Long only = Long.getLong("wanspec.seed");
        if (only != null) {
            FaultRun.run(only, 1, Crew.Progress.NONE);
            return;
        }
        FaultOutcome seen = FaultRun.outcome(0, SEEDS, Crew.Progress.NONE);
        assertThat(seen.of(Seen.FINISHED)).as("most requests finish").isGreaterThan(SEEDS / 2);
        for (Seen what : Seen.values()) {
            assertThat(seen.of(what)).as("the cases reach: " + what).isPositive();
        }
    }
}
