package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ProbePausesTest {
    private static final Duration JUST_NOW = Duration.ZERO;

    private final ProbePauses pauses = new ProbePauses();

    @Test
    void anEndpointThatDoesNotAnswerIsAskedLessAndLessOften() {
        List<Long> millis = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            millis.add(pauses.next(false, JUST_NOW).orElseThrow().toMillis());
        }
        assertThat(millis).containsExactly(200L, 400L, 800L, 1_600L, 3_200L, 5_000L, 5_000L);
        assertThat(pauses.next(true, JUST_NOW)).contains(ProbePauses.GOOD);
        assertThat(pauses.next(false, JUST_NOW)).contains(Duration.ofMillis(200));
    }

    @Test
    void oneThatNobodyUsesIsNotAskedSoThatItMayBeScaledToZero() {
        assertThat(pauses.next(true, ProbePauses.INTEREST.minusNanos(1))).isPresent();
        assertThat(pauses.next(true, ProbePauses.INTEREST)).isEmpty();
        assertThat(pauses.next(false, ProbePauses.INTEREST)).isEmpty();
        assertThat(pauses.next(true, JUST_NOW)).isPresent();
    }
}
