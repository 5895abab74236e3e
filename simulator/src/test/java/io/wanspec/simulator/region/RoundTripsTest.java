package io.wanspec.simulator.region;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.simulator.region.RoundTrip.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class RoundTripsTest {
    private static final RoundTrips TRIPS = RoundTrips.ofRepository();

    /** In a vacuum; nothing is faster. */
    private static final double LIGHT_KM_A_MS = 299.8;

    @Test
    void bothWaysAreAsLong() {
        forAllPairs((one, other) -> assertThat(TRIPS.between(one, other)).isEqualTo(TRIPS.between(other, one)));
    }

    @Test
    void noneIsFasterThanLight() {
        forAllPairs((one, other) -> assertThat(TRIPS.between(one, other).ms())
                .as("%s %s", one.code(), other.code())
                .isGreaterThan(2 * one.kilometresTo(other) / LIGHT_KM_A_MS));
    }

    @Test
    void howManyPairsAreNearOneAnother() {
        assertThat(TRIPS.pairs()).isEqualTo(496);
        assertThat(List.of(20, 30, 50, 100))
                .extracting(ms -> TRIPS.pairsWithin(ms))
                .containsExactly(17, 34, 57, 127);
    }

    @Test
    void publishedPairsAreThoseOfRegionsThatAreKnownAndTheyAreAllOfThem() {
        Set<String> regions = new TreeSet<>();
        List<String[]> rows = rows();
        for (String[] row : rows) {
            regions.add(AwsRegions.require(row[0]).code());
            regions.add(AwsRegions.require(row[1]).code());
        }
        assertThat(rows).hasSize(regions.size() * (regions.size() - 1) / 2);
    }

    @Test
    void aPairThatIsNotPublishedIsAssumedOfItsDistance() {
        RoundTrip taipei = between("ap-east-2", "ap-east-1");
        assertThat(taipei.origin()).isEqualTo(Origin.ASSUMED);
        assertThat(taipei.ms()).isBetween(10.0, 25.0);
        assertThat(between("us-east-1", "us-east-2")).isEqualTo(new RoundTrip(15, Origin.PUBLISHED));
    }

    /** The one figure of the estimate is the median of what the published pairs show. */
    @Test
    void theDetourIsThatOfThePublishedPairs() {
        List<Double> detours = new ArrayList<>();
        List<Double> errors = new ArrayList<>();
        for (String[] row : rows()) {
            AwsRegion one = AwsRegions.require(row[0]);
            AwsRegion other = AwsRegions.require(row[1]);
            double ms = Double.parseDouble(row[2]);
            detours.add((ms - RoundTrips.LOCAL_MS) / (one.kilometresTo(other) / RoundTrips.FIBRE_KM_A_MS));
            errors.add(Math.abs(RoundTrips.estimate(one, other) / ms - 1));
        }
        assertThat(middle(detours)).isCloseTo(RoundTrips.DETOUR, within(0.01));
        assertThat(middle(errors)).as("half of the estimates are as near").isLessThan(0.17);
    }

    @Test
    void hoursAreThoseOfTheRegion() {
        assertThat(AwsRegions.require("us-east-1").localHour(19)).isEqualTo(14);
        assertThat(AwsRegions.require("ap-northeast-1").localHour(19)).isEqualTo(4);
        assertThat(AwsRegions.require("ap-south-1").localHour(19))
                .as("half past midnight")
                .isZero();
        assertThat(LoadCurve.assumed().at(AwsRegions.require("us-east-1"), 19)).isEqualTo(1);
        assertThat(LoadCurve.assumed().mean()).isBetween(0.5, 0.8);
    }

    @Test
    void anUnknownRegionIsToldWithThoseThatAreKnown() {
        assertThatThrownBy(() -> AwsRegions.require("us-east-9"))
                .hasMessageContaining("'us-east-9'")
                .hasMessageContaining("us-east-2");
    }

    private interface Pair {
        void is(AwsRegion one, AwsRegion other);
    }

    private static void forAllPairs(Pair check) {
        AwsRegions.all()
                .forEach(one -> AwsRegions.all().stream()
                        .filter(other -> !other.equals(one))
                        .forEach(other -> check.is(one, other)));
    }

    private static RoundTrip between(String one, String other) {
        return TRIPS.between(AwsRegions.require(one), AwsRegions.require(other));
    }

    private static List<String[]> rows() {
        Map<String, String[]> rows = new HashMap<>();
        KeptTable.rows(RoundTrips.class, "round-trips.csv", 3).forEach(row -> rows.put(row[0] + " " + row[1], row));
        return List.copyOf(rows.values());
    }

    private static double middle(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }
}
