package io.wanspec.controller.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.testing.SeededTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassEstimateTest {
    @SeededTest(tries = 100)
    void aLineIsLearned(Random random) {
        double base = 1e6 + random.nextDouble() * 1e8;
        double slope = base * random.nextDouble() * 0.05;
        PassEstimate estimate = new PassEstimate(0.005);
        for (int i = 0; i < 400; i++) {
            int drafts = random.nextInt(25);
            estimate.add(drafts, (long) (base + slope * drafts));
        }
        assertThat(estimate.tokenNanos()).isCloseTo(slope, within(0.25 * slope + 0.002 * base));
        assertThat((double) estimate.nanos(12)).isCloseTo(base + slope * 12, within(0.05 * base));
    }

    @Test
    void passesOfOneSizeLeaveTheSlopeToThePrior() {
        PassEstimate estimate = new PassEstimate(0.005);
        for (int i = 0; i < 200; i++) {
            estimate.add(8, 10_000_000);
        }
        assertThat(estimate.tokenNanos()).isBetween(0.0, 200_000.0);
        assertThat((double) estimate.nanos(8)).isCloseTo(10e6, within(1e5));
    }

    @Test
    void timesAreNeverNegative() {
        PassEstimate estimate = new PassEstimate(0.005);
        for (int i = 0; i < 50; i++) {
            estimate.add(i % 2 * 60, i % 2 == 0 ? 50_000_000 : 1);
        }
        assertThat(estimate.tokenNanos()).isGreaterThanOrEqualTo(0);
        assertThat(estimate.nanos(0)).isPositive();
    }
}
