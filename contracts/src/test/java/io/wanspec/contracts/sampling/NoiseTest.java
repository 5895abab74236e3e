package io.wanspec.contracts.sampling;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoiseTest {
    // From an independent implementation (Python integers); a change would change every seeded text.
    private static final long GOLDEN_0_0_0 = 507107883601124L;
    private static final long GOLDEN_42_17_49151 = 1625694123109552L;

    @Test
    void isTheSameForeverAndEverywhere() {
        assertThat(Noise.bits(Noise.key(0, 0), 0)).isEqualTo(GOLDEN_0_0_0);
        assertThat(Noise.bits(Noise.key(42, 17), 49_151)).isEqualTo(GOLDEN_42_17_49151);
    }

    @Test
    void isFiniteAtBothEnds() {
        assertThat(Noise.gumbel(0)).isFinite().isNegative();
        assertThat(Noise.gumbel((1L << 52) - 1)).isFinite().isPositive();
    }

    @Test
    void hasTheGumbelMeanAndVariance() {
        int n = 400_000;
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            double g = Noise.gumbel(Noise.bits(Noise.key(5, i / 1_000), i % 1_000));
            sum += g;
            squares += g * g;
        }
        double mean = sum / n;
        assertThat(mean).isBetween(0.5772 - 0.01, 0.5772 + 0.01);
        assertThat(squares / n - mean * mean).isBetween(1.6449 - 0.03, 1.6449 + 0.03);
    }
}
