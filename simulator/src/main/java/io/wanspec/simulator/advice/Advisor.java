package io.wanspec.simulator.advice;

import io.wanspec.simulator.load.ServedCosts;
import io.wanspec.simulator.region.AwsRegion;
import io.wanspec.simulator.region.LoadCurve;
import io.wanspec.simulator.region.PriceTable;
import io.wanspec.simulator.region.PriceTable.Price;
import io.wanspec.simulator.region.RoundTrip;
import io.wanspec.simulator.region.RoundTrips;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Ranks draft regions for a target: for every hour of a day what the simulator expects at that distance under that load, and the
 * day's mean, weighted by what is asked for in each hour. The same figures give the same ranks.
 */
public final class Advisor {
    /** A region that saves less is not worth the trouble. */
    public static final double SAVED_LEAST = 0.2;

    /** Nor is one that makes tokens slower than this, over B1's. */
    public static final double LATENCY_MOST = 1.05;

    private static final double HOURS_A_MONTH = 730;

    private final OutcomeTable outcomes;
    private final RoundTrips trips;
    private final LoadCurve curve;
    private final PriceTable prices;

    public Advisor(OutcomeTable outcomes, RoundTrips trips, LoadCurve curve, PriceTable prices) {
        this.outcomes = outcomes;
        this.trips = trips;
        this.curve = curve;
        this.prices = prices;
    }

    /** Of the figures that lie in the repository. */
    public static Advisor ofRepository() {
        return with(OutcomeTable.ofRepository());
    }

    public static Advisor with(OutcomeTable outcomes) {
        return new Advisor(outcomes, RoundTrips.ofRepository(), LoadCurve.assumed(), PriceTable.ofRepository());
    }

    /**
     * The best first; of equal ones the nearest, then by name.
     *
     * @throws IllegalArgumentException if an instance has no price
     */
    public List<Advice> rank(PlaceQuestion question) {
        return question.candidates().stream()
                .map(region -> advice(question, region))
                .sorted(Advice.BEST_FIRST)
                .toList();
    }

    private Advice advice(PlaceQuestion question, AwsRegion region) {
        RoundTrip trip = trips.between(question.target(), region);
        DraftingCosts costs = costs(question, region);
        List<HourOutcome> hours = hours(question, region, trip, costs);
        double saved = mean(hours, HourOutcome::saved);
        double latency = mean(hours, HourOutcome::latency);
        boolean recommended = saved >= SAVED_LEAST && latency <= LATENCY_MOST;
        return new Advice(
                region.code(),
                region.place(),
                trip.ms(),
                trip.origin().word(),
                recommended,
                mean(hours, HourOutcome::score),
                saved,
                latency,
                mean(hours, HourOutcome::usd),
                mean(hours, HourOutcome::b1Usd),
                question.supply() == DraftSupply.OWN ? costs.remoteDraft().usd() * HOURS_A_MONTH : 0,
                mean(hours, HourOutcome::busyPassesNotMade) * question.demand().tokensAMonth(),
                new Reasons(question, region, trip, costs, curve).of(hours),
                hours);
    }

    private List<HourOutcome> hours(PlaceQuestion question, AwsRegion region, RoundTrip trip, DraftingCosts costs) {
        List<HourOutcome> hours = new ArrayList<>();
        for (int hour = 0; hour < LoadCurve.HOURS; hour++) {
            double load = curve.at(question.target(), hour);
            double sessions = question.demand().sessions(load);
            Outcome outcome = outcomes.at(trip.ms(), question.supply().draftMs(curve.at(region, hour)), sessions);
            ServedCosts drafted = outcome.drafted();
            hours.add(new HourOutcome(
                    hour,
                    load / curve.mean() / LoadCurve.HOURS,
                    outcome.saved(),
                    outcome.latency(),
                    outcome.b1().busyDraftPasses() - drafted.busyDraftPasses(),
                    costs.usd(drafted, sessions),
                    costs.usd(outcome.b1(), sessions)));
        }
        return hours;
    }

    private DraftingCosts costs(PlaceQuestion question, AwsRegion region) {
        String target = question.target().code();
        return new DraftingCosts(
                price(question.targetInstance(), target),
                price(question.draftInstance(), target),
                price(question.draftInstance(), region.code()),
                price("between-regions", target));
    }

    private Price price(String item, String region) {
        return prices.find(item, region)
                .orElseThrow(() -> new IllegalArgumentException("no price of '" + item + "' is known, in " + region
                        + " or in " + PriceTable.REFERENCE_REGION
                        + ". Name another instance, or add its row to prices.csv"));
    }

    /** Over the day's tokens. */
    static double mean(List<HourOutcome> hours, ToDoubleFunction<HourOutcome> value) {
        return hours.stream()
                .mapToDouble(hour -> hour.weight() * value.applyAsDouble(hour))
                .sum();
    }
}
