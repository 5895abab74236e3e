package io.wanspec.simulator.region;

import java.util.Locale;

/** How long a message and its answer are under way between two regions, in milliseconds. */
public record RoundTrip(double ms, Origin origin) {
    /** Where the figure is from. */
    public enum Origin {
        /** A public table, which {@code round-trips.csv} names. */
        PUBLISHED,
        /** The distance, at the speed that the published ones have along theirs. */
        ASSUMED;

        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public RoundTrip {
        if (!(ms >= 0)) {
            throw new IllegalArgumentException("a round trip takes time, not " + ms + " ms");
        }
    }
}
