package io.wanspec.simulator.advice;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.wanspec.simulator.advice.StudiedTarget.BestOfHour;
import io.wanspec.simulator.advice.StudiedTarget.StudiedRegion;
import io.wanspec.simulator.region.AwsRegion;
import io.wanspec.simulator.region.AwsRegions;
import io.wanspec.simulator.region.LoadCurve;
import io.wanspec.simulator.region.RoundTrip;
import io.wanspec.simulator.region.RoundTrips;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Where drafts should live, for every target region and hour, from public figures and stated assumptions.
 *
 * @param command that finds the same again
 * @param pairs of regions whose round trip is published
 * @param within how many of them lie within some round trips
 * @param distances what is expected over the round trip, at several loads
 */
@JsonPropertyOrder({"command", "pairs", "within", "distances", "targets"})
public record RegionStudy(
        String command, int pairs, List<PairsWithin> within, List<Distance> distances, List<StudiedTarget> targets) {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final List<Integer> WITHIN_MS = List.of(10, 20, 30, 50, 70, 100, 150, 200, 250, 300, 350, 400, 450);
    private static final List<Integer> SESSIONS = List.of(1, 2, 8, 32);
    private static final int BEST = 3;
    private static final double NEAR_MS = 20;
    private static final double MIDDLE_MS = 50;

    public RegionStudy {
        within = List.copyOf(within);
        distances = List.copyOf(distances);
        targets = List.copyOf(targets);
    }

    /** How many pairs of regions have a round trip that is no longer. */
    public record PairsWithin(int ms, int pairs) {}

    /** What a draft region so far away is expected to do, on accelerators of its own. */
    public record Distance(double rttMs, int sessions, double saved, double latency) {}

    public static RegionStudy of(String command, OutcomeTable outcomes) {
        RoundTrips trips = RoundTrips.ofRepository();
        Advisor advisor = Advisor.with(outcomes);
        return new RegionStudy(
                command,
                trips.pairs(),
                WITHIN_MS.stream()
                        .map(ms -> new PairsWithin(ms, trips.pairsWithin(ms)))
                        .toList(),
                distances(outcomes),
                AwsRegions.all().stream()
                        .map(region -> target(region, advisor, trips))
                        .toList());
    }

    private static List<Distance> distances(OutcomeTable outcomes) {
        List<Distance> all = new ArrayList<>();
        for (int sessions : SESSIONS) {
            for (double rtt : outcomes.rttMs()) {
                Outcome outcome = outcomes.at(rtt, DraftingCosts.PASS_MS, sessions);
                all.add(new Distance(
                        rtt, sessions, Digits.rounded(outcome.saved()), Digits.rounded(outcome.latency())));
            }
        }
        return all;
    }

    private static StudiedTarget target(AwsRegion target, Advisor advisor, RoundTrips trips) {
        List<Advice> own = advisor.rank(PlaceQuestion.about(target, DraftSupply.OWN));
        List<Advice> idle = advisor.rank(PlaceQuestion.about(target, DraftSupply.IDLE));
        List<Advice> best = new ArrayList<>();
        for (int hour = 0; hour < LoadCurve.HOURS; hour++) {
            best.add(bestOf(idle, hour));
        }
        return new StudiedTarget(
                target.code(),
                neighbours(target, trips, NEAR_MS),
                neighbours(target, trips, MIDDLE_MS),
                own.stream().limit(BEST).map(StudiedRegion::of).toList(),
                StudiedRegion.of(idle.getFirst()),
                hours(best),
                Digits.rounded(moved(best, true)),
                Digits.rounded(moved(best, false)));
    }

    private static int neighbours(AwsRegion target, RoundTrips trips, double ms) {
        return Math.toIntExact(AwsRegions.all().stream()
                .filter(region -> !region.equals(target))
                .map(region -> trips.between(target, region))
                .filter(trip -> trip.origin() == RoundTrip.Origin.PUBLISHED && trip.ms() <= ms)
                .count());
    }

    private static Advice bestOf(List<Advice> ranked, int hour) {
        return ranked.stream()
                .max(Comparator.comparingDouble(
                        advice -> Math.rint(advice.hours().get(hour).score() * 1e4)))
                .orElseThrow();
    }

    private static List<BestOfHour> hours(List<Advice> best) {
        List<BestOfHour> hours = new ArrayList<>();
        for (int hour = 0; hour < best.size(); hour++) {
            Advice advice = best.get(hour);
            HourOutcome outcome = advice.hours().get(hour);
            hours.add(new BestOfHour(
                    hour,
                    advice.region(),
                    advice.rttMs(),
                    Digits.rounded(outcome.saved()),
                    Digits.rounded(outcome.latency())));
        }
        return hours;
    }

    /** What is saved, or else the latency, by moving to the best region each hour; over the day's tokens. */
    private static double moved(List<Advice> best, boolean saved) {
        List<HourOutcome> hours = new ArrayList<>();
        for (int hour = 0; hour < best.size(); hour++) {
            hours.add(best.get(hour).hours().get(hour));
        }
        return Advisor.mean(hours, saved ? HourOutcome::saved : HourOutcome::latency);
    }

    public String json() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("findings are plain records", e);
        }
    }
}
