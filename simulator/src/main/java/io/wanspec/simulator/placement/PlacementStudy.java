package io.wanspec.simulator.placement;

import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.ControllerSettings;
import io.wanspec.controller.GoalSettings;
import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.Place;
import io.wanspec.controller.Worker;
import io.wanspec.controller.placement.DraftPlace;
import io.wanspec.simulator.run.Catalogue;
import io.wanspec.simulator.run.Experiment;
import io.wanspec.simulator.run.Policy;
import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.run.Totals;
import io.wanspec.simulator.world.SessionFigures;
import io.wanspec.simulator.world.SimSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * A day of requests at five draft regions and ten on-site workers, placed by the policy; the same requests with each place alone,
 * and with an oracle that knows for each request which place will turn out to be the best: of which time and busy-region passes, each
 * as a share of B1's, come to the least. Every request is the real controller with real draft workers.
 */
public final class PlacementStudy {
    private static final long DAY_NANOS = 24 * PlaceDay.HOUR_NANOS;
    private static final int TUNING_REQUESTS = 10;

    private final Scenario scenario;
    private final List<PlaceDay> places;
    private final ControllerSettings colocated;

    /** @param scenario its requests are spread over the day, its seed is the world's, too */
    public PlacementStudy(Scenario scenario) {
        this.scenario = scenario;
        places = PlacementWorld.of(scenario.seed());
        colocated = Catalogue.B1.variants().apply(scenario).stream()
                .min(Comparator.comparingDouble(
                        policy -> Experiment.run(scenario.with(TUNING_REQUESTS, scenario.seed()), policy)
                                .msPerToken()))
                .map(Policy::settings)
                .orElseThrow();
    }

    /** @param progress told how many requests of the day are done */
    public PlacementResults run(IntConsumer progress) {
        PlacementRun policy = new PlacementRun(scenario, places);
        List<Alone> alone = places.stream().map(Alone::new).toList();
        Totals b1 = new Totals();
        Totals placed = new Totals();
        Totals oracle = new Totals();
        LearnedByKind none = LearnedByKind.none();
        for (int i = 0; i < scenario.requests(); i++) {
            long at = DAY_NANOS / scenario.requests() * i;
            long seed = scenario.seed() + i;
            placed.add(policy.request(at, seed));
            SessionFigures inBusyRegion =
                    DaySession.run(scenario, places, colocated, none, at, seed).figures();
            b1.add(inBusyRegion);
            oracle.add(alone.stream()
                    .map(each -> each.request(at, seed))
                    .min(Comparator.comparingDouble(figures -> cost(figures, inBusyRegion)))
                    .orElseThrow());
            progress.accept(i + 1);
        }
        return results(policy, placed, oracle, b1, alone);
    }

    private static double cost(SessionFigures figures, SessionFigures b1) {
        return (double) figures.nanos() / b1.nanos() + (double) figures.busyDraftPasses() / b1.busyDraftPasses();
    }

    private PlacementResults results(PlacementRun policy, Totals placed, Totals oracle, Totals b1, List<Alone> alone) {
        List<PlacementRow> rows = new ArrayList<>();
        rows.add(PlacementRow.of("placement", "", placed, b1));
        rows.add(PlacementRow.of("oracle", "", oracle, b1));
        alone.forEach(each -> rows.add(
                PlacementRow.of(each.place.id().value(), each.place.kind().word(), each.totals, b1)));
        rows.add(PlacementRow.of("b1", "", b1, b1));
        return new PlacementResults(
                scenario.seed(),
                scenario.requests(),
                scenario.tokens(),
                policy.changes(),
                policy.moves(),
                policy.hedged(),
                rows);
    }

    /** One place for all requests, whatever happens to it. */
    private final class Alone {
        private final DraftPlace place;
        private final ControllerSettings settings;
        private final Totals totals = new Totals();
        private LearnedByKind learned = LearnedByKind.none();

        Alone(PlaceDay day) {
            place = day.place();
            Duration roundTrip = Duration.ofNanos(Math.round(day.rttMs() * 1e6));
            settings = GoalSettings.of(
                    Goal.ECONOMY,
                    SimSession.TARGET,
                    List.of(new Worker(place.id(), Place.DRAFT_REGION, roundTrip), Experiment.BUSY));
        }

        SessionFigures request(long at, long seed) {
            SimSession session = DaySession.run(scenario, places, settings, learned, at, seed);
            learned = session.teach(learned);
            totals.add(session.figures());
            return session.figures();
        }
    }
}
