package io.wanspec.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.time.Duration;
import java.util.Random;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;

/** How often one session calls the table, counted in virtual time. */
final class WritePaceTest {
    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final Duration NEARLY_NONE = Duration.ofNanos(1);

    @Test
    void anIntervalNearZeroDoesNotSpin() {
        var pace = new WritePace(NEARLY_NONE, 0);
        int calls = calls(pace, MINUTE, true, now -> {
            pace.renewed(now);
            return now;
        });

        assertThat(calls).isBetween(2, (int) (MINUTE / WritePace.INTERVAL_MIN.toNanos()) + 1);
    }

    /** Neither where they fail at once, as a table that refuses does. */
    @SeededTest
    void callsThatFailBackOff(Random random) {
        var pace = new WritePace(Duration.ofNanos(Gen.between(random, 1, MINUTE)), 0);
        int calls = calls(pace, MINUTE, random.nextBoolean(), now -> {
            pace.failed(now, random.nextDouble());
            return now;
        });

        // At most nine short pauses, then those of half of the longest.
        assertThat(calls).isLessThanOrEqualTo(9 + (int) (2 * MINUTE / WritePace.PAUSE_MAX.toNanos()));
        assertThat(calls).as("and goes on trying").isGreaterThan((int) (MINUTE / WritePace.PAUSE_MAX.toNanos()) - 3);
    }

    @SeededTest
    void aLeaseIsRenewedInTimeWhateverTheInterval(Random random) {
        boolean something = random.nextBoolean();
        var pace = new WritePace(Duration.ofNanos(Gen.between(random, 1, 10 * MINUTE)), 0);
        long[] last = {0};
        calls(pace, MINUTE, something, now -> {
            assertThat(now - last[0]).isLessThanOrEqualTo(Lease.RENEWED_AFTER.toNanos());
            last[0] = now;
            pace.renewed(now);
            return now;
        });
        assertThat(last[0]).isGreaterThan(MINUTE - Lease.RENEWED_AFTER.toNanos() - 1);
    }

    /** Two tries that fail, at once or after as long as a connection waits, still leave a third before the lease is over. */
    @SeededTest
    void aLeaseSeesAThirdTry(Random random) {
        long slow = Gen.between(random, 0, Duration.ofSeconds(1).toNanos());
        var pace = new WritePace(Duration.ofMillis(500), 0);
        long now = pace.nextAt(false);
        for (int failed = 0; failed < 2; failed++) {
            now += slow;
            pace.failed(now, random.nextDouble());
            now = pace.nextAt(false);
        }
        assertThat(now).isLessThan(Lease.DURATION.toNanos());
    }

    /** @param call at its time; returns when it was answered */
    private static int calls(WritePace pace, long time, boolean something, LongUnaryOperator call) {
        int calls = 0;
        long now = 0;
        while (now < time) {
            now = Math.max(call.applyAsLong(now), pace.nextAt(something));
            calls++;
        }
        return calls;
    }
}
