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
            clock.bytes(1, false, i * SECOND);
            assertThat(clock.deadline()).hasValue(31 * SECOND);
        }
        assertThat(clock.hasBegun()).isTrue();
    }

    @Test
    void aBodyHasMoreTimeForMoreBytesAndADripHasNone() {
        clock.bytes(100, false, SECOND);
        clock.headersCame(SECOND);
        clock.bytes(2 * ConnectionLimits.BODY_BYTES_PER_SECOND_MIN, false, 2 * SECOND);
        assertThat(clock.deadline()).hasValue(23 * SECOND);
        clock.bytes(1, false, 22 * SECOND);
        assertThat(clock.deadline().orElseThrow()).isBetween(23 * SECOND, 23 * SECOND + SECOND / 1_000);
    }

    @Test
    void whoWaitsForAnAnswerHasAllTheTime() {
        whole(SECOND);
        assertThat(clock.deadline()).isEmpty();
        clock.bytes(1, false, 500 * SECOND);
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
        clock.bytes(1, false, 80 * SECOND);
        assertThat(clock.deadline()).hasValue(110 * SECOND);
    }

    @Test
    void aBodyThatIsAnsweredBeforeItIsWholeMustStillCome() {
        clock.headersCame(SECOND);
        clock.answered(2 * SECOND);
        assertThat(clock.deadline()).hasValue(22 * SECOND);
    }

    @Test
    void aBodyThatIsAnsweredIsNotAnsweredAgain() {
        clock.headersCame(SECOND);
        assertThat(clock.hasBegun()).isTrue();
        clock.answered(2 * SECOND);
        assertThat(clock.hasBegun()).isFalse();
    }

    /** Behind a body, as old clients send them. */
    @Test
    void lineEndsBeginNothing() {
        whole(SECOND);
        clock.answered(2 * SECOND);
        clock.bytes(2, true, 3 * SECOND);
        assertThat(clock.deadline()).hasValue(77 * SECOND);
        assertThat(clock.hasBegun()).isFalse();
        clock.bytes(1, false, 70 * SECOND);
        clock.bytes(2, true, 71 * SECOND);
        assertThat(clock.deadline()).hasValue(100 * SECOND);
        assertThat(clock.hasBegun()).isTrue();
    }

    private void whole(long now) {
        clock.bytes(1, false, now);
        clock.headersCame(now);
        clock.bodyCame(now);
    }
}
