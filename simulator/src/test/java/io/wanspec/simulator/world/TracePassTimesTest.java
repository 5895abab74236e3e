package io.wanspec.simulator.world;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Limits;
import io.wanspec.simulator.text.Traces;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TracePassTimesTest {
    private static final PassTimes TIMES =
            PassTimes.measured(Traces.random(1, 1).header());

    @ParameterizedTest
    @CsvSource({"0, 16", "1, 17", "3, 19", "5, 23", "15, 43", "64, 141"})
    void verificationTakesAsLongAsItsTokensDid(int drafts, double ms) {
        assertThat(TIMES.targetNanos(drafts)).isEqualTo((long) (ms * 1e6));
    }

    @ParameterizedTest
    @CsvSource({"1, 2", "2, 2.5", "3, 3", "64, 33.5", "128, 65.5"})
    void draftsTakeAsLongInEitherRegion(int nodes, double ms) {
        assertThat(TIMES.busyDraftNanos(nodes)).isEqualTo((long) (ms * 1e6));
        assertThat(TIMES.remoteDraftNanos(nodes)).isEqualTo(TIMES.busyDraftNanos(nodes));
    }

    @Test
    void inOneTurnTheVerificationTakesTheTimeOfItsDrafts() {
        PassTimes turns = TIMES.inOneTurn();
        for (int drafts = 0; drafts <= Limits.RUN_TOKENS_MAX; drafts++) {
            assertThat(turns.targetNanos(drafts))
                    .isEqualTo(TIMES.targetNanos(drafts) + drafts * TIMES.busyDraftNanos(1));
        }
        assertThat(turns.busyDraftNanos(1)).isEqualTo(1_000);
        assertThat(turns.remoteDraftNanos(3)).isEqualTo(TIMES.remoteDraftNanos(3));
    }

    /** To the bit: rows that were published depend on it. */
    @Test
    void theReferenceIsWhatItWas() {
        PassTimes reference = PassTimes.reference();
        for (int i = 0; i <= Limits.RUN_TOKENS_MAX; i++) {
            assertThat(reference.targetNanos(i)).isEqualTo((long) ((40 + 0.2 * i) * 1e6));
            assertThat(reference.remoteDraftNanos(i + 1)).isEqualTo((long) (8 * (1 + 0.05 * i) * 1e6));
            assertThat(reference.inOneTurn().targetNanos(i)).isEqualTo((long) ((40 + (0.2 + 6) * i) * 1e6));
        }
    }
}
