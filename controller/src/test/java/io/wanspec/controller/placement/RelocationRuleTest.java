package io.wanspec.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RelocationRuleTest {
    private static final double MS = 1e6;

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

    /** Two places can't each be late as seen from the other: nothing flaps between them while they stay as they are. */
    @SeededTest
    void neverBothWays(Random random) {
        double one = Gen.between(random, 0, 1_000) * MS;
        double other = Gen.between(random, 0, 1_000) * MS;
        double pass = Gen.between(random, 1, 500) * MS;
        assertThat(RelocationRule.isLate(one, other, pass) && RelocationRule.isLate(other, one, pass))
                .isFalse();
    }

    private static boolean isLate(double reactionMs, double promisedMs) {
        return RelocationRule.isLate(reactionMs * MS, promisedMs * MS, 40 * MS);
    }
}
