package io.wanspec.contracts.sampling;

/**
 * Tells from raw noise bits, without a logarithm, that a Gumbel variable cannot reach a value: most tokens cannot win, and this
 * shows it for the price of a comparison.
 */
final class NoiseBounds {
    private static final int STEPS_PER_NAT = 16;
    private static final double LOWEST = -4;
    private static final double HIGHEST = 40;

    /** Noise below {@code BOUND[j]} is surely less than {@code LOWEST + j / STEPS_PER_NAT}, by more than rounding. */
    private static final long[] BOUND = bounds();

    private NoiseBounds() {}

    /** Bits below this bound surely give less than {@code gumbel}; 0 if none do, or if it is NaN. */
    static long below(double gumbel) {
        if (!(gumbel > LOWEST)) {
            return 0;
        }
        if (gumbel >= HIGHEST) {
            return Long.MAX_VALUE;
        }
        return BOUND[(int) ((gumbel - LOWEST) * STEPS_PER_NAT)];
    }

    private static long[] bounds() {
        long[] bounds = new long[(int) ((HIGHEST - LOWEST) * STEPS_PER_NAT)];
        for (int j = 0; j < bounds.length; j++) {
            double gumbel = LOWEST + (double) j / STEPS_PER_NAT;
            // A step lower and a few bits off: room for the rounding of exp and log near 1.
            bounds[j] = Math.max(0, Noise.bitsReaching(gumbel - 1e-6) - 8);
        }
        return bounds;
    }
}
