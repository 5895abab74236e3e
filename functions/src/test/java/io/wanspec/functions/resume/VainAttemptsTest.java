package io.wanspec.functions.resume;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class VainAttemptsTest {
    private static final Duration RECENT = Duration.ofSeconds(2);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final VainAttempts attempts = new VainAttempts(RECENT, RECENT, now::get);

    @Test
    void oneIsRecentForAWhile() {
        assertThat(attempts.isRecent(session(0))).isFalse();
        attempts.note(session(0));
        now.addAndGet(RECENT.toNanos() - 1);
        assertThat(attempts.isRecent(session(0))).isTrue();
        now.incrementAndGet();
        assertThat(attempts.isRecent(session(0))).isFalse();
        attempts.note(session(0));
        assertThat(attempts.isRecent(session(0))).isTrue();
    }

    @Test
    void eachIsRecentForTwiceAsLong() {
        var doubled = new VainAttempts(RECENT, RECENT.multipliedBy(5), now::get);
        for (int times : new int[] {1, 2, 4, 5, 5}) {
            doubled.note(session(0));
            now.addAndGet(RECENT.multipliedBy(times).toNanos() - 1);
            assertThat(doubled.isRecent(session(0))).isTrue();
            now.incrementAndGet();
            assertThat(doubled.isRecent(session(0))).isFalse();
        }
        now.addAndGet(RECENT.multipliedBy(10).toNanos());
        doubled.note(session(0));
        now.addAndGet(RECENT.toNanos());
        assertThat(doubled.isRecent(session(0))).isFalse();
    }

    @Test
    void theOldestIsForgotten() {
        attempts.note(session(0));
        attempts.note(session(1));
        attempts.note(session(0));
        for (int i = 2; i <= VainAttempts.SESSIONS_MAX; i++) {
            attempts.note(session(i));
        }
        assertThat(attempts.isRecent(session(1))).isFalse();
        assertThat(attempts.isRecent(session(0))).isTrue();
    }

    private static SessionId session(int i) {
        return new SessionId("s" + i);
    }
}
