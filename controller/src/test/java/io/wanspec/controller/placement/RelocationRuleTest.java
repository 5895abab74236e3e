package io.wanspec.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RelocationRuleTest {
    private static final double MS = 1e6;
    private static final RelocationRule RULE = new RelocationRule(40 * MS, 0.8);

    @Test
    void lateIsWhatAnotherPlaceWouldClearlyBeat() {
        assertThat(isLate(200, 40)).isTrue();
        assertThat(isLate(45, 40)).isFalse();
        assertThat(isLate(200, 190)).as("the others are no better").isFalse();
    }

    @Test
    void whatIsSoonerThanThePassUnderWayIsOfNoUse() {
        assertThat(isLate(30, 1)).isFalse();
        assertThat(isLate(36, 1)).isTrue();
    }

    @Test
    void aSlowProcessorIsNotGoneTo() {
        var seen = new RelocationRule.Pace(200 * MS, 8 * MS);
        assertThat(RULE.isLate(seen, new RelocationRule.Pace(60 * MS, 8 * MS))).isTrue();
        assertThat(RULE.isLate(seen, new RelocationRule.Pace(60 * MS, 45 * MS))).isFalse();
    }

    /** Two places can't each be late as seen from the other: nothing flaps between them while they stay as they are. */
    @SeededTest
    void neverBothWays(Random random) {
        var rule = new RelocationRule(Gen.between(random, 1, 500) * MS, Gen.between(random, 0.0, 1.0));
        RelocationRule.Pace one = any(random);
        RelocationRule.Pace other = any(random);
        assertThat(rule.isLate(one, other) && rule.isLate(other, one)).isFalse();
    }

    private static RelocationRule.Pace any(Random random) {
        return new RelocationRule.Pace(Gen.between(random, 0, 1_000) * MS, Gen.between(random, 1, 100) * MS);
    }

    private static boolean isLate(double reactionMs, double promisedMs) {
        return RULE.isLate(
                new RelocationRule.Pace(reactionMs * MS, 8 * MS), new RelocationRule.Pace(promisedMs * MS, 8 * MS));
    }
}
