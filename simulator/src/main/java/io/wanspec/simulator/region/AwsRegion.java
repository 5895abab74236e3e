package io.wanspec.simulator.region;

import java.time.Instant;
import java.time.ZoneId;

/**
 * A region of AWS.
 *
 * @param code as in {@code us-east-1}
 * @param place that AWS names it after
 * @param latitude of that place, in degrees
 * @param longitude of it, east of Greenwich
 */
public record AwsRegion(String code, String place, double latitude, double longitude, ZoneId zone) {
    /** Hours are those of this day, so that the same figures come out in summer and winter. */
    private static final Instant DAY = Instant.parse("2026-11-30T00:00:00Z");

    private static final double EARTH_KM = 6371;

    public AwsRegion {
        if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
            throw new IllegalArgumentException(code + " is nowhere on earth");
        }
    }

    /** Kilometres along the great circle. */
    public double kilometresTo(AwsRegion other) {
        double phi = Math.toRadians(latitude);
        double otherPhi = Math.toRadians(other.latitude);
        double lambda = Math.toRadians(other.longitude - longitude);
        double half = square(Math.sin((otherPhi - phi) / 2))
                + Math.cos(phi) * Math.cos(otherPhi) * square(Math.sin(lambda / 2));
        return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(half)));
    }

    /** The hour of its own day, 0 to 23, at an hour of UTC. */
    public int localHour(int utcHour) {
        return DAY.plusSeconds(utcHour * 3600L).atZone(zone).getHour();
    }

    private static double square(double x) {
        return x * x;
    }
}
