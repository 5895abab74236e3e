package io.wanspec.controller.estimate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.contracts.PassLoad;
import org.junit.jupiter.api.Test;

class LoadEstimateTest {
    private static final long PASS_NANOS = 40_000_000;
    private static final double ROW_NANOS = 200_000;

    @Test
    void aTargetThatSaysNothingServesNobodyElse() {
        TargetEstimate estimate = estimate();
        assertThat(estimate.load().othersShare()).isZero();
        assertThat(estimate.load().mix(3, 7)).isEqualTo(3);
    }

    /** What it was before it was told so: a pass that serves one session alone changes nothing. */
    @Test
    void aPassOfItsOwnIsNotShared() {
        TargetEstimate told = estimate();
        TargetEstimate untold = estimate();
        for (int i = 0; i < 50; i++) {
            round(told, i % 7, new PassLoad(1 + i % 7, 1, 0, 500));
            untold.onRound(i % 7, 2, PASS_NANOS + i % 7 * 200_000L, PASS_NANOS);
        }
        assertThat(told.load().othersShare()).isZero();
        assertThat(told.tokenPriceNanos()).isEqualTo(untold.tokenPriceNanos());
        assertThat(told.passNanos(5)).isEqualTo(untold.passNanos(5));
    }

    /** A row is paid for by all whom it keeps waiting. */
    @Test
    void aRowCostsWhatItCostsAllTheSessionsOfThePass() {
        TargetEstimate estimate = estimate();
        for (int i = 0; i < 100; i++) {
            round(estimate, 4, new PassLoad(40, 8, 0, 200));
        }
        assertThat(estimate.load().othersShare()).isEqualTo(1);
        assertThat(estimate.load().mix(3, 7)).isEqualTo(7);
        assertThat(estimate.tokenPriceNanos()).isCloseTo(8 * ROW_NANOS, within(1.0));
    }

    /** Others pay for a row, but no pass takes the longer for their number: one's own times say how long it takes. */
    @Test
    void whatARowCostsOthersIsNoTimeOfAPass() {
        TargetEstimate estimate = estimate();
        for (int i = 0; i < 300; i++) {
            round(estimate, i % 9, new PassLoad(128, 64, 0, 300));
        }
        assertThat(estimate.tokenPriceNanos()).isGreaterThan(64 * ROW_NANOS);
        assertThat(estimate.passNanos(8) - estimate.passNanos(0))
                .isCloseTo(Math.round(8 * ROW_NANOS), within(100_000L));
    }

    /** Where sessions take turns, those whose turn comes wait for the row as well. */
    @Test
    void waitingSaysThatOthersComeInBetween() {
        TargetEstimate estimate = estimate();
        for (int i = 0; i < 100; i++) {
            round(estimate, 4, new PassLoad(5, 1, PASS_NANOS / 1_000, 200));
        }
        assertThat(estimate.load().othersShare()).isEqualTo(1);
        assertThat(estimate.tokenPriceNanos()).isCloseTo(2 * ROW_NANOS, within(1e4));
    }

    @Test
    void whereTheTargetDoesNotKnowWhatARowCostsItIsLearnedFromItsTimes() {
        TargetEstimate estimate = estimate();
        for (int i = 0; i < 300; i++) {
            round(estimate, i % 9, new PassLoad(20, 2, 0, 0));
        }
        assertThat(estimate.tokenPriceNanos()).isCloseTo(2 * ROW_NANOS, within(0.3 * ROW_NANOS));
    }

    @Test
    void aCrowdThatHasGoneIsForgotten() {
        TargetEstimate estimate = estimate();
        for (int i = 0; i < 150; i++) {
            round(estimate, 4, i < 30 ? new PassLoad(40, 8, 9, 200) : new PassLoad(5, 1, 0, 200));
        }
        assertThat(estimate.load().othersShare()).isZero();
    }

    /** A pause of the machine, another session's prompt: the session is alone all the same. */
    @Test
    void oneLongWaitMakesNoCrowd() {
        TargetEstimate estimate = estimate();
        for (int i = 0; i < 40; i++) {
            long waited = i == 0 || i == 20 ? 30 * PASS_NANOS / 1_000 : 0;
            round(estimate, 4, new PassLoad(5, 1, waited, 200));
            assertThat(estimate.load().othersShare()).isZero();
        }
    }

    /** Whatever it waited for, it missed one pass: the crowd that it met once is forgotten as soon as any other. */
    @Test
    void aWaitCountsOneMissedPassAtMost() {
        TargetEstimate estimate = estimate();
        for (int i = 0; i < 25; i++) {
            round(estimate, 4, i == 0 ? new PassLoad(10, 2, 30 * PASS_NANOS / 1_000, 200) : new PassLoad(5, 1, 0, 200));
            assertThat(estimate.load().sessions()).isLessThanOrEqualTo(4);
        }
        assertThat(estimate.load().othersShare()).isZero();
    }

    @Test
    void aSessionBeginsWithWhatOthersHaveLatelyFound() {
        TargetEstimate before = estimate();
        for (int i = 0; i < 100; i++) {
            round(before, 4, new PassLoad(40, 8, 0, 200));
        }
        TargetEstimate next = estimate(before.load().seen());
        assertThat(next.load().othersShare()).isEqualTo(1);
        assertThat(next.tokenPriceNanos()).isCloseTo(8 * ROW_NANOS, within(1.0));
        for (int i = 0; i < 60; i++) {
            round(next, 4, new PassLoad(5, 1, 0, 200));
        }
        assertThat(next.load().othersShare()).isZero();
        assertThat(estimate().load().seen()).isEqualTo(LoadSeen.nothing());
    }

    private static void round(TargetEstimate estimate, int drafts, PassLoad load) {
        long pass = PASS_NANOS + drafts * (long) ROW_NANOS;
        estimate.onRound(drafts, 2, load.waitedMicros() * 1_000 + pass, pass);
        estimate.onLoad(load, PASS_NANOS, PASS_NANOS);
    }

    private static TargetEstimate estimate() {
        return estimate(LoadSeen.nothing());
    }

    private static TargetEstimate estimate(LoadSeen before) {
        return new TargetEstimate(0.8, 0.005, 1, before);
    }
}
