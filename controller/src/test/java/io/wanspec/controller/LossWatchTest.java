package io.wanspec.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.controller.estimate.LoadSeen;
import io.wanspec.controller.estimate.TargetEstimate;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When a session that speculates had better stop. */
class LossWatchTest {
    private static final long PASS_NANOS = 40_000_000;

    private final TargetEstimate estimate = estimate();

    @Test
    void roundsThatTakeTwiceAsLongAreTooMuchSoon() {
        assertThat(tokensUntilTooMuch(2, 1, 1_000)).isBetween(16, 20);
    }

    @Test
    void aSmallLossTakesLonger() {
        assertThat(tokensUntilTooMuch(1.2, 1, 1_000)).isBetween(50, 80);
    }

    @Test
    void aGainIsNot() {
        Random random = new Random(5);
        LossWatch watch = new LossWatch();
        for (int i = 0; i < 2_000; i++) {
            // A third of the rounds commit one token and stall as long as a pass, the others commit three.
            boolean bad = random.nextInt(3) == 0;
            watch.onRound(bad ? 1 : 3, bad ? 2 * PASS_NANOS : PASS_NANOS * 3 / 2, estimate);
            assertThat(watch.isTooMuch()).isFalse();
        }
    }

    /** A long easy beginning does not pay for what comes after it. */
    @Test
    void gainsAreNotSaved() {
        LossWatch watch = new LossWatch();
        for (int i = 0; i < 500; i++) {
            watch.onRound(4, PASS_NANOS, estimate);
        }
        int rounds = 0;
        while (!watch.isTooMuch()) {
            watch.onRound(1, 2 * PASS_NANOS, estimate);
            rounds++;
        }
        assertThat(rounds).isBetween(12, 14);
    }

    /** Drafts cannot be there yet, and the time before it is the prompt's. */
    @Test
    void theFirstRoundDoesNotCount() {
        LossWatch watch = new LossWatch();
        watch.onRound(1, 1_000 * PASS_NANOS, estimate);
        assertThat(watch.tokens()).isZero();
        assertThat(watch.nanos()).isZero();
        assertThat(watch.isTooMuch()).isFalse();
    }

    /** A pause of the machine, or of a draft place, is no loss by speculation, however long. */
    @Test
    void oneRoundDoesNotDecide() {
        LossWatch watch = new LossWatch();
        for (int i = 0; i < 20; i++) {
            watch.onRound(2, 3 * PASS_NANOS / 2, estimate);
        }
        watch.onRound(1, 1_000 * PASS_NANOS, estimate);
        assertThat(watch.isTooMuch()).isFalse();
    }

    private int tokensUntilTooMuch(double ratio, int tokensARound, int most) {
        LossWatch watch = new LossWatch();
        for (int i = 0; i < most && !watch.isTooMuch(); i++) {
            watch.onRound(tokensARound, Math.round(ratio * PASS_NANOS), estimate);
        }
        assertThat(watch.isTooMuch()).isTrue();
        return watch.tokens();
    }

    private static TargetEstimate estimate() {
        TargetEstimate estimate = new TargetEstimate(0.6, 0.005, 1, LoadSeen.nothing());
        estimate.onRound(0, 1, PASS_NANOS, PASS_NANOS);
        return estimate;
    }
}
