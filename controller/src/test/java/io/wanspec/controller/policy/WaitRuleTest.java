package io.wanspec.controller.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

class WaitRuleTest {
    private static final long NEVER = Long.MAX_VALUE;

    @Test
    void aGuessIsWorthAsLongAsItsExpectedTokenTakes() {
        assertThat(waits(1, 4, j -> 79 + 1_000L * j)).isTrue();
        assertThat(waits(1, 4, j -> 81 + 1_000L * j)).isFalse();
        assertThat(waits(0.5, 4, j -> 41 + 1_000L * j))
                .as("it may not be reached")
                .isFalse();
    }

    @Test
    void severalTogetherCanBeWorthWhatOneIsNot() {
        assertThat(waits(1, 4, j -> 100)).isTrue();
        assertThat(waits(1, 1, j -> 100)).as("there is room for one only").isFalse();
    }

    @Test
    void nobodyWaitsForWhatNeverComesOrHasNoRoom() {
        assertThat(waits(1, 4, j -> NEVER)).isFalse();
        assertThat(waits(1, 0, j -> 1)).isFalse();
        assertThat(waits(1, 4, j -> j == 0 ? 100 : NEVER)).isFalse();
    }

    @Test
    void whatAGuessCostsTheTargetCounts() {
        assertThat(waits(1, 4, 50, j -> 29 + 1_000L * j)).isTrue();
        assertThat(waits(1, 4, 50, j -> 31 + 1_000L * j)).isFalse();
    }

    private static boolean waits(double reached, int room, IntToLongFunction afterNow) {
        return waits(reached, room, 0, afterNow);
    }

    private static boolean waits(double reached, int room, double draftNanos, IntToLongFunction afterNow) {
        long now = 1_000_000;
        return WaitRule.isWorthWaiting(
                reached,
                room,
                0.8,
                100,
                draftNanos,
                now,
                PassRhythm.alone(),
                j -> afterNow.applyAsLong(j) == NEVER ? NEVER : now + afterNow.applyAsLong(j));
    }

    /** The pass that others begin now is missed, however short the wait. */
    @Test
    void besideOthersAWaitCostsAWholePass() {
        PassRhythm others = new PassRhythm(0, 400, 1);
        assertThat(waits(others, 0, 1)).as("79 for a token, 400 for a pass").isFalse();
        assertThat(waits(others, 1, 1)).as("it was missed already").isTrue();
        assertThat(waits(PassRhythm.alone(), 0, 1)).isTrue();
    }

    private static boolean waits(PassRhythm rhythm, long now, long afterNow) {
        return WaitRule.isWorthWaiting(1, 4, 0.8, 100, 0, now, rhythm, j -> now + afterNow + 1_000L * j);
    }
}
