package io.wanspec.simulator.region;

import io.wanspec.simulator.region.RoundTrip.Origin;
import java.util.HashMap;
import java.util.Map;

/** Round trips between regions: published ones ({@code round-trips.csv}), else an estimate of the distance. */
public final class RoundTrips {
    /** Within a region, and at both ends of each way. */
    static final double LOCAL_MS = 2;

    /** Kilometres that a round trip covers in a millisecond along a straight fibre, to and fro: light goes 200 km a millisecond in glass. */
    static final double FIBRE_KM_A_MS = 100;

    /** How many times longer than that the middle one of the published round trips takes. */
    static final double DETOUR = 1.74;

    private static final int COLUMNS = 3;

    private static final RoundTrips REPOSITORY = new RoundTrips();

    private final Map<String, Double> published = new HashMap<>();

    private RoundTrips() {
        for (String[] cells : KeptTable.rows(RoundTrips.class, "round-trips.csv", COLUMNS)) {
            published.put(key(cells[0], cells[1]), Double.valueOf(cells[2]));
        }
    }

    public static RoundTrips ofRepository() {
        return REPOSITORY;
    }

    /** The same both ways. */
    public RoundTrip between(AwsRegion one, AwsRegion other) {
        if (one.equals(other)) {
            return new RoundTrip(LOCAL_MS, Origin.ASSUMED);
        }
        Double known = published.get(key(one.code(), other.code()));
        return known == null
                ? new RoundTrip(Math.rint(estimate(one, other)), Origin.ASSUMED)
                : new RoundTrip(known, Origin.PUBLISHED);
    }

    /** Pairs of regions whose round trip is published. */
    public int pairs() {
        return published.size();
    }

    /** How many of the published pairs lie within so many milliseconds. */
    public int pairsWithin(double ms) {
        return Math.toIntExact(
                published.values().stream().filter(each -> each <= ms).count());
    }

    /** Of the distance alone. */
    static double estimate(AwsRegion one, AwsRegion other) {
        return LOCAL_MS + DETOUR * one.kilometresTo(other) / FIBRE_KM_A_MS;
    }

    private static String key(String one, String other) {
        return one.compareTo(other) < 0 ? one + " " + other : other + " " + one;
    }
}
