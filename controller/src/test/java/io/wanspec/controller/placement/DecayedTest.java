package io.wanspec.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DecayedTest {
    private static final long HALF_LIFE = Decayed.HALF_LIFE.toMillis();

    @Test
    void aSampleCountsHalfAsMuchAfterItsHalfLife() {
        Decayed old = Decayed.of(10, 1, 0);
        assertThat(old.plus(Decayed.of(40, 1, HALF_LIFE)).mean()).isCloseTo(30, within(1e-9));
        assertThat(old.plus(Decayed.of(40, 1, 0)).mean()).isCloseTo(25, within(1e-9));
        assertThat(old.plus(Decayed.of(40, 1, 1_000_000 * HALF_LIFE)).mean()).isEqualTo(40);
    }

    @Test
    void nothingAddsNothing() {
        Decayed one = Decayed.of(10, 1, 5);
        assertThat(one.plus(Decayed.nothing())).isEqualTo(one);
        assertThat(Decayed.nothing().plus(one)).isEqualTo(one);
        assertThat(Decayed.nothing().plus(Decayed.nothing()).isKnown()).isFalse();
    }

    /** Functions add what they found in any order. */
    @SeededTest
    void theOrderIsOfNoInterest(Random random) {
        Decayed a = any(random);
        Decayed b = any(random);
        Decayed c = any(random);
        assertThat(a.plus(b)).isEqualTo(b.plus(a));
        Decayed one = a.plus(b).plus(c);
        Decayed other = a.plus(b.plus(c));
        assertThat(one.mean()).isCloseTo(other.mean(), within(1e-6));
        assertThat(one.weight()).isCloseTo(other.weight(), within(1e-6));
    }

    private static Decayed any(Random random) {
        return Decayed.of(Gen.between(random, 0.0, 100.0), Gen.between(random, 0.1, 4.0), random.nextInt(200_000));
    }
}
