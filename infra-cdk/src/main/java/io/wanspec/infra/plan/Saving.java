package io.wanspec.infra.plan;

import io.wanspec.infra.settings.Deployment;
import io.wanspec.infra.settings.DraftSite;
import io.wanspec.simulator.region.AwsRegions;
import io.wanspec.simulator.region.RoundTrip;
import io.wanspec.simulator.region.RoundTrips;
import io.wanspec.simulator.run.Catalogue;
import io.wanspec.simulator.run.Experiment;
import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.run.Totals;
import java.util.Comparator;
import java.util.Optional;

/**
 * What the simulator expects of the nearest draft region, in its reference scenario: the real controller and draft workers in
 * virtual time. Ratios to co-located speculation (B1) with its best run length.
 *
 * @param rttMs between target and draft
 * @param known whether the round trip is from a public table, or assumed
 * @param busyPassesB1 draft passes in the busy region for each token with B1
 * @param busyPasses the same with WANSpec, goal economy
 * @param latency of a token, over B1's
 */
public record Saving(
        String draft, double rttMs, boolean known, double busyPassesB1, double busyPasses, double latency) {
    /** Between regions that are not in the table. */
    static final double RTT_ASSUMED = 80;

    /** Few, because it is a plan: the error is some per cent. */
    static final int REQUESTS = 8;

    private static final int DAYS = 30;

    /** Absent if no draft region is allowed. */
    public static Optional<Saving> of(Deployment deployment) {
        String target = deployment.target().site().region();
        return deployment.allowedDrafts().stream()
                .min(Comparator.comparingDouble(
                        draft -> rtt(target, draft.site().region()).orElse(RTT_ASSUMED)))
                .map(draft -> of(target, draft));
    }

    private static Saving of(String target, DraftSite draft) {
        Optional<Double> known = rtt(target, draft.site().region());
        Scenario scenario = Scenario.reference(known.orElse(RTT_ASSUMED)).with(REQUESTS, 1);
        Totals b1 = Catalogue.B1.variants().apply(scenario).stream()
                .map(policy -> Experiment.run(scenario, policy))
                .min(Comparator.comparingDouble(Totals::msPerToken))
                .orElseThrow();
        Totals economy = Experiment.run(
                scenario,
                Catalogue.find("economy")
                        .orElseThrow()
                        .variants()
                        .apply(scenario)
                        .getFirst());
        return new Saving(
                draft.id(),
                known.orElse(RTT_ASSUMED),
                known.isPresent(),
                b1.busyDraftPassesPerToken(),
                economy.busyDraftPassesPerToken(),
                economy.latencyRatio(b1));
    }

    /** Of 100: how many busy-region draft passes are not needed any more. */
    public double percent() {
        return 100 * (1 - busyPasses / busyPassesB1);
    }

    /** Busy-region draft passes not made in a month, at the traffic that is foreseen. */
    public double passesAMonth(Deployment deployment) {
        var traffic = deployment.traffic();
        return (busyPassesB1 - busyPasses) * traffic.answerTokens() * traffic.requestsPerDay() * DAYS;
    }

    private static Optional<Double> rtt(String one, String other) {
        if (one.equals(other)) {
            return Optional.of(1.0);
        }
        return AwsRegions.find(one)
                .flatMap(busy -> AwsRegions.find(other)
                        .map(draft -> RoundTrips.ofRepository().between(busy, draft)))
                .filter(trip -> trip.origin() == RoundTrip.Origin.PUBLISHED)
                .map(RoundTrip::ms);
    }
}
