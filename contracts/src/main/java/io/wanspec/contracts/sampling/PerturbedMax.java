package io.wanspec.contracts.sampling;

/**
 * Running maximum of perturbed logits. Most tokens cannot win, and a comparison of raw noise bits with a precomputed
 * bound shows it without a logarithm.
 */
final class PerturbedMax {
    private static final int STEPS_PER_NAT = 16;
    private static final double LOWEST = -4;
    private static final double HIGHEST = 40;

    /** Noise below {@code BOUND[j]} is surely less than {@code LOWEST + j / STEPS_PER_NAT}, by more than rounding. */
    private static final long[] BOUND = bounds();

    private final long key;
    private final double temperature;
    private double best = Double.NEGATIVE_INFINITY;
    private int token = -1;

    PerturbedMax(long key, double temperature) {
        this.key = key;
        this.temperature = temperature;
    }

    void offer(float logit, int id) {
        double scaled = logit / temperature;
        long bits = Noise.bits(key, id);
        if (bits < boundFor(best - scaled)) {
            return;
        }
        double value = scaled + Noise.gumbel(bits);
        if (value > best || (value == best && id < token)) {
            best = value;
            token = id;
        }
    }

    int token() {
        return token;
    }

    private static long boundFor(double gap) {
        if (!(gap > LOWEST)) {
            return 0;
        }
        if (gap >= HIGHEST) {
            return Long.MAX_VALUE;
        }
        return BOUND[(int) ((gap - LOWEST) * STEPS_PER_NAT)];
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
