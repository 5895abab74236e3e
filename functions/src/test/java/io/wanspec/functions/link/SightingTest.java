package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Clocks around a freeze. */
final class SightingTest {
    private static final Sighting EARLIER = new Sighting(5_000_000_000L, 1_000_000);

    @Test
    void timeGoesByOnBothClocks() {
        assertThat(new Sighting(7_000_000_000L, 1_002_000).since(EARLIER)).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void theMonotonicClockMayStandStillWhileFrozen() {
        assertThat(new Sighting(5_000_000_000L, 4_600_000).since(EARLIER)).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void theWallClockMayBeSetBack() {
        assertThat(new Sighting(8_000_000_000L, 10).since(EARLIER)).isEqualTo(Duration.ofSeconds(3));
    }

    @Test
    void anAgeIsNeverNegativeAndNeverOverflows() {
        assertThat(new Sighting(0, 0).since(EARLIER)).isZero();
        assertThat(new Sighting(0, Long.MAX_VALUE).since(new Sighting(0, 0))).isPositive();
    }
}
