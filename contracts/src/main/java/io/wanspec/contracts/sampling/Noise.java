package io.wanspec.contracts.sampling;

/**
 * Counter-based noise: a pure function of (seed, position, token id), so that a draft and a target that have never met
 * draw the same Gumbel variable for the same token.
 *
 * <p>The generator is two rounds of the SplitMix64 finaliser (variant 13 of Stafford's mixers) over a keyed counter.
 */
final class Noise {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;
    private static final double UNIT = 0x1.0p-52;

    private Noise() {}

    /** The key of a position; {@link #bits} spreads it over the vocabulary. */
    static long key(long seed, long position) {
        return mix(mix(seed + GOLDEN) ^ (GOLDEN * (position + 1)));
    }

    /** 52 uniform bits for {@code token}. */
    static long bits(long key, int token) {
        return mix(key + GOLDEN * (token + 1L)) >>> 12;
    }

    /** The Gumbel variable of 52 uniform bits; increasing in them, finite for all of them. */
    static double gumbel(long bits) {
        return -Math.log(exponential(bits));
    }

    /** The exponential variable of 52 uniform bits, above 0; a Gumbel variable is minus its logarithm. */
    static double exponential(long bits) {
        return -Math.log((bits + 0.5) * UNIT);
    }

    /** Bits below this bound give a Gumbel variable below {@code gumbel}, up to rounding that the caller must allow for. */
    static long bitsReaching(double gumbel) {
        return (long) Math.floor(Math.exp(-Math.exp(-gumbel)) / UNIT);
    }

    private static long mix(long z) {
        long x = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        x = (x ^ (x >>> 27)) * 0x94D049BB133111EBL;
        return x ^ (x >>> 31);
    }
}
