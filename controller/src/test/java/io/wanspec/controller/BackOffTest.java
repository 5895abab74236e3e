package io.wanspec.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BackOffTest {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final int DOUBLINGS = 3;
    private static final int SESSIONS = 200;

    /** What a target that comes back meets. */
    @Test
    void sessionsThatLostATargetTogetherComeBackOneAfterTheOther() {
        for (int times = 0; times < 40; times++) {
            long shortest = FIRST.toNanos() << Math.min(times, DOUBLINGS);
            int[] tenths = new int[10];
            for (long pause : pauses(times)) {
                assertThat(pause).isBetween(shortest, 2 * shortest - 1);
                tenths[(int) ((pause - shortest) * 10 / shortest)]++;
            }
            assertThat(Arrays.stream(tenths).max().orElseThrow())
                    .as("sessions in one tenth of the time, after " + times + " pauses: " + Arrays.toString(tenths))
                    .isLessThan(SESSIONS / 4);
        }
    }

    private static long[] pauses(int times) {
        return LongStream.range(0, SESSIONS)
                .map(i -> BackOff.nanos(FIRST, DOUBLINGS, times, new SessionId("sess_" + i * 0x9E3779B97F4A7C15L)))
                .toArray();
    }
}
