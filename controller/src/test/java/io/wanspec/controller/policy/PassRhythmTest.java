package io.wanspec.controller.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.testing.SeededTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PassRhythmTest {
    private static final PassRhythm BUSY = new PassRhythm(1_000, 100, 1);

    @Test
    void whoAsksBetweenTwoPassesWaitsForTheNext() {
        assertThat(BUSY.nanosLater(1_000, 1_001)).isEqualTo(100);
        assertThat(BUSY.nanosLater(1_000, 1_100)).isEqualTo(100);
        assertThat(BUSY.nanosLater(1_001, 1_100)).as("in the same pass").isZero();
        assertThat(BUSY.nanosLater(1_001, 1_101)).isEqualTo(100);
        assertThat(BUSY.nanosUntilNext(1_030)).isEqualTo(70);
        assertThat(BUSY.nanosUntilNext(1_000)).isZero();
    }

    @Test
    void aTargetThatNobodyElseUsesBeginsAtOnce() {
        assertThat(PassRhythm.alone().nanosLater(7, 19)).isEqualTo(12);
        assertThat(PassRhythm.alone().nanosUntilNext(19)).isZero();
    }

    @SeededTest(tries = 200)
    void laterQuestionsAreNeverServedEarlierAndNeverMoreThanAPassLater(Random random) {
        PassRhythm rhythm = new PassRhythm(random.nextInt(1_000), 1 + random.nextInt(100), random.nextDouble());
        long from = random.nextInt(2_000);
        long to = from + random.nextInt(500);
        double later = rhythm.nanosLater(from, to);
        assertThat(later).isBetween(0.0, (double) (to - from + rhythm.passNanos()));
        long end = to + random.nextInt(500);
        assertThat(rhythm.nanosLater(from, end)).isCloseTo(later + rhythm.nanosLater(to, end), within(1e-6));
    }
}
