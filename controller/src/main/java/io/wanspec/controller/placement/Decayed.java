package io.wanspec.controller.placement;

import java.time.Duration;

/**
 * A mean whose samples count half as much every {@link #HALF_LIFE}. Two of them make a third, in whatever order, so that many can
 * measure the same and put together what they found.
 *
 * @param weight of all samples, each counted as what was left of it at {@code atMillis}
 * @param atMillis when the newest came, by the wall clock; milliseconds since 1970
 */
public record Decayed(double mean, double weight, long atMillis) {
    public static final Duration HALF_LIFE = Duration.ofSeconds(30);

    private static final Decayed NOTHING = new Decayed(0, 0, 0);

    /** However many samples came at once, a few later ones outweigh them. */
    private static final double WEIGHT_MAX = 16;

    public Decayed {
        if (!Double.isFinite(mean) || !(weight >= 0 && weight <= WEIGHT_MAX)) {
            throw new IllegalArgumentException("a mean is a number, and its weight between 0 and " + WEIGHT_MAX);
        }
    }

    public static Decayed nothing() {
        return NOTHING;
    }

    /** A sample. */
    public static Decayed of(double value, double weight, long atMillis) {
        return new Decayed(value, weight, atMillis);
    }

    public boolean isKnown() {
        return weight > 0;
    }

    /** Without any sample {@code otherwise}; however old, the last that was seen says more than nothing. */
    public double or(double otherwise) {
        return isKnown() ? mean : otherwise;
    }

    /** What the weight has become by then. Clocks of functions differ a little: nothing gains weight. */
    public double weightAt(long millis) {
        return weight * Math.pow(0.5, (double) Math.max(0, millis - atMillis) / HALF_LIFE.toMillis());
    }

    public Decayed plus(Decayed other) {
        long at = Math.max(atMillis, other.atMillis);
        double mine = weightAt(at);
        double theirs = other.weightAt(at);
        if (mine + theirs == 0) {
            return atMillis >= other.atMillis ? this : other;
        }
        double both = (mean * mine + other.mean * theirs) / (mine + theirs);
        return new Decayed(both, Math.min(WEIGHT_MAX, mine + theirs), at);
    }
}
