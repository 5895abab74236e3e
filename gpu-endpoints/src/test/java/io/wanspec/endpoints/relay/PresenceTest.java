package io.wanspec.endpoints.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One beat answers many, and each measures the whole way. */
final class PresenceTest {
    private static final long WAY = Duration.ofMillis(30).toNanos();
    private static final Runnable THERE = new Nobody();

    private final Presence presence = new Presence();

    private record Nobody() implements Runnable {
        @Override
        public void run() {}
    }

    @Test
    void whoComesWhileABeatIsUnderWayWaitsAsLongAsItTook() {
        assertThat(presence.ask(THERE, 7, 0)).isInstanceOf(Presence.Next.Beat.class);
        assertThat(presence.ask(THERE, 8, WAY - 1)).isInstanceOf(Presence.Next.Wait.class);
        assertThat(presence.answered(6, WAY)).as("one that was sent before").isEmpty();
        assertThat(presence.answered(7, WAY))
                .extracting(Presence.Told::after)
                .containsExactly(Duration.ZERO, Duration.ofNanos(WAY - 1));
        assertThat(presence.answered(7, WAY)).isEmpty();
    }

    @Test
    void anAnswerIsGoodForASecond() {
        presence.ask(THERE, 1, 0);
        presence.answered(2, WAY);
        long last = WAY + Presence.TRUSTED.toNanos();
        assertThat(presence.ask(THERE, 3, last - 1))
                .isEqualTo(new Presence.Next.Known(new Presence.Told(Duration.ofNanos(WAY), THERE)));
        assertThat(presence.ask(THERE, 3, last)).isInstanceOf(Presence.Next.Beat.class);
    }

    @Test
    void nobodyJoinsABeatThatIsLateOrTrustsOneThatWas() {
        long late = Presence.TRUSTED.toNanos();
        presence.ask(THERE, 1, 0);
        assertThat(presence.ask(THERE, 2, late)).isInstanceOf(Presence.Next.Beat.class);
        assertThat(presence.answered(1, 2 * late)).hasSize(1);
        assertThat(presence.answered(2, 3 * late))
                .extracting(Presence.Told::after)
                .containsExactly(Duration.ZERO);
        assertThat(presence.ask(THERE, 3, 3 * late)).isInstanceOf(Presence.Next.Beat.class);
    }

    @Test
    void noMoreWaitThanThereMayBe() {
        presence.ask(THERE, 1, 0);
        for (int i = 1; i < Presence.WAITING_MAX; i++) {
            assertThat(presence.ask(THERE, 2, 0)).isInstanceOf(Presence.Next.Wait.class);
        }
        assertThat(presence.ask(THERE, 2, 0)).isInstanceOf(Presence.Next.Full.class);
        presence.over();
        assertThat(presence.answered(1, WAY)).isEmpty();
    }
}
