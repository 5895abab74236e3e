package io.wanspec.endpoints.compute;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** When a pass waits for peers. */
class PauseThatPaysTest {
    private static final long PASS = Duration.ofMillis(40).toNanos();
    private static final long SINCE = Duration.ofMillis(1).toNanos();
    private final PauseThatPays pause = new PauseThatPays();

    @Test
    void aPassWaitsForASmallPartOfItself() {
        assertThat(pause.nanos(PASS, SINCE, 1, 1))
                .isEqualTo(Duration.ofMillis(2).toNanos());
        assertThat(pause.nanos(PASS / 4, SINCE, 1, 1)).isEqualTo(PASS / 64);
    }

    @Test
    void aShortPassDoesNotWait() {
        assertThat(pause.nanos(Duration.ofMillis(1).toNanos(), SINCE, 1, 1)).isZero();
    }

    /** One that comes back spares a pass, the others lose a twentieth each. */
    @Test
    void manyDoNotWaitForOne() {
        assertThat(pause.nanos(PASS, SINCE, 19, 1)).isPositive();
        assertThat(pause.nanos(PASS, SINCE, 21, 1)).isZero();
        assertThat(pause.nanos(PASS, SINCE, 21, 2)).isPositive();
    }

    @Test
    void peersThatDoNotComeAreNotWaitedForUntilTimeHasPassed() {
        int paused = 0;
        while (pause.nanos(PASS, SINCE, 4, 1) > 0) {
            pause.took(1, 0);
            paused++;
        }
        assertThat(paused).isLessThan(30);

        int skipped = 0;
        while (pause.nanos(PASS, SINCE, 4, 1) == 0) {
            skipped++;
        }
        assertThat(skipped).isBetween(1, 100);
    }

    /** A session that idles for minutes costs the next one nothing, and teaches nothing of those who come back. */
    @Test
    void peersThatWereAwayForLongerThanAPassAreNotWaitedFor() {
        assertThat(pause.nanos(PASS, PASS, 1, 1)).isPositive();
        assertThat(pause.nanos(PASS, PASS + 1, 1, 1)).isZero();
        assertThat(pause.nanos(PASS, Duration.ofMinutes(5).toNanos(), 1, 63)).isZero();
    }

    @Test
    void peersThatComeAreWaitedForAgain() {
        for (int i = 0; i < 100; i++) {
            pause.took(2, 0);
        }
        assertThat(pause.nanos(PASS, SINCE, 8, 2)).isZero();
        for (int i = 0; i < 5; i++) {
            pause.took(2, 2);
        }
        assertThat(pause.nanos(PASS, SINCE, 8, 2)).isPositive();
    }
}
