package io.wanspec.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class RestartRuleTest {
    private static final RestartRule RULE =
            new RestartRule(7, Duration.ofMinutes(1), Duration.ofMillis(500), Duration.ofSeconds(4));

    @Test
    void waits_longer_and_longer_up_to_a_bound_and_then_gives_up() {
        assertThat(pauses(1)).containsExactly(500L, 1_000L, 2_000L, 4_000L, 4_000L, 4_000L);
        assertThat(pauses(0)).containsExactly(250L, 500L, 1_000L, 2_000L, 2_000L, 2_000L);
        assertThat(RULE.pauseAfter(7, 0.5)).isEmpty();
        assertThat(RULE.pauseAfter(8, 0.5)).isEmpty();
    }

    @Test
    void many_failures_do_not_overflow() {
        RestartRule patient =
                new RestartRule(1_000, Duration.ofHours(1), Duration.ofMillis(500), Duration.ofSeconds(4));
        assertThat(patient.pauseAfter(900, 1)).contains(Duration.ofSeconds(4));
    }

    @Test
    void never_is_never() {
        assertThat(RestartRule.NEVER.pauseAfter(1, 0)).isEmpty();
    }

    @Test
    void a_rule_whose_pauses_shrink_is_refused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RestartRule(1, Duration.ZERO, Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    private static List<Long> pauses(double jitter) {
        return IntStream.rangeClosed(1, 6)
                .mapToObj(failures -> RULE.pauseAfter(failures, jitter))
                .map(Optional::orElseThrow)
                .map(Duration::toMillis)
                .toList();
    }
}
