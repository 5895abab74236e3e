package io.wanspec.contracts.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Until when a request must be whole, at every stage of a connection. */
final class RequestClockTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ConnectionLimits LIMITS =
            new ConnectionLimits(Duration.ofSeconds(30), Duration.ofSeconds(20), Duration.ofSeconds(75), 9);

    private final RequestClock clock = new RequestClock(LIMITS, 0);

    @Test
    void aConnectionIsOpenedToBeUsed() {
        assertThat(clock.deadline()).hasValue(30 * SECOND);
        assertThat(clock.hasBegun()).isFalse();
    }

    @Test
    void aDripDoesNotMoveTheDeadlineOfAHead() {
        for (int i = 1; i < 30; i++) {
            clock.bytes(1, i * SECOND);
            assertThat(clock.deadline()).hasValue(31 * SECOND);
        }
        assertThat(clock.hasBegun()).isTrue();
    }

    @Test
    void aBodyHasMoreTimeForMoreBytesAndADripHasNone() {
        clock.bytes(100, SECOND);
        clock.headersCame(SECOND);
        clock.bytes(2 * ConnectionLimits.BODY_BYTES_PER_SECOND_MIN, 2 * SECOND);
        assertThat(clock.deadline()).hasValue(23 * SECOND);
        clock.bytes(1, 22 * SECOND);
        assertThat(clock.deadline().orElseThrow()).isBetween(23 * SECOND, 23 * SECOND + SECOND / 1_000);
    }

    @Test
    void whoWaitsForAnAnswerHasAllTheTime() {
        whole(SECOND);
        assertThat(clock.deadline()).isEmpty();
        clock.bytes(1, 500 * SECOND);
        assertThat(clock.deadline()).isEmpty();
        clock.answered(600 * SECOND);
        assertThat(clock.deadline()).hasValue(630 * SECOND);
    }

    @Test
    void betweenRequestsAConnectionIsKeptForAWhile() {
        whole(SECOND);
        clock.answered(10 * SECOND);
        assertThat(clock.deadline()).hasValue(85 * SECOND);
        assertThat(clock.hasBegun()).isFalse();
        clock.bytes(1, 80 * SECOND);
        assertThat(clock.deadline()).hasValue(110 * SECOND);
    }

    @Test
    void aBodyThatIsAnsweredBeforeItIsWholeMustStillCome() {
        clock.headersCame(SECOND);
        clock.answered(2 * SECOND);
        assertThat(clock.deadline()).hasValue(22 * SECOND);
    }

    private void whole(long now) {
        clock.bytes(1, now);
        clock.headersCame(now);
        clock.bodyCame(now);
    }
}
