package io.wanspec.functions.follow;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How often a follower looks, counted in virtual time. */
final class LookPausesTest {
    private final LookPauses pauses = new LookPauses();

    @Test
    void whereNothingComesItLooksLessAndLessOften() {
        int looks = 0;
        for (Duration time = Duration.ZERO; time.compareTo(Duration.ofMinutes(1)) < 0; looks++) {
            time = time.plus(pauses.next(Duration.ofSeconds(8)));
        }
        assertThat(looks).isBetween(60, 64);
    }

    @Test
    void newsMakeItLookSoonAgain() {
        for (int i = 0; i < 10; i++) {
            pauses.next(Duration.ZERO);
        }
        assertThat(pauses.next(Duration.ZERO)).isEqualTo(LookPauses.MAX);
        pauses.news();
        assertThat(pauses.next(Duration.ZERO)).isEqualTo(LookPauses.FIRST);
    }

    @Test
    void itIsThereWhenALeaseRunsOut() {
        assertThat(pauses.next(Duration.ofMillis(60))).isEqualTo(Duration.ofMillis(60));
        assertThat(pauses.next(Duration.ofNanos(1))).isEqualTo(LookPauses.MIN);
    }
}
