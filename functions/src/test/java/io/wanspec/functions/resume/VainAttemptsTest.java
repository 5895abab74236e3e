package io.wanspec.functions.resume;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class VainAttemptsTest {
    private static final Duration RECENT = Duration.ofSeconds(2);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final VainAttempts attempts = new VainAttempts(RECENT, now::get);

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
