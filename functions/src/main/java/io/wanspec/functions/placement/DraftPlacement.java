package io.wanspec.functions.placement;

import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.Place;
import io.wanspec.controller.Placed;
import io.wanspec.controller.Worker;
import io.wanspec.controller.placement.PlaceBook;
import io.wanspec.controller.placement.PlaceCandidate;
import io.wanspec.controller.placement.PlaceVerdict;
import io.wanspec.controller.placement.PlacementDecision;
import io.wanspec.controller.placement.PlacementPolicy;
import io.wanspec.controller.placement.PlacementQuestion;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.session.Experience;
import io.wanspec.functions.session.WorkerChoice;
import io.wanspec.functions.settings.PlacementSettings;
import io.wanspec.functions.settings.PlacementSettings.DraftChoosing;
import io.wanspec.functions.settings.PromptRegions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Chooses the draft workers of each session, by what is in memory alone: no request waits for a measurement, or for the table.
 * {@link PlacementPolicy} decides; a prompt goes nowhere where it may not be seen.
 */
public final class DraftPlacement implements WorkerChoice {
    /** As many as a session may have. */
    private static final int WORKERS_MAX = 8;

    private final PlacementSettings settings;
    private final Endpoints endpoints;
    private final SettingsPlaces places;
    private final SharedPlaces measured;
    private final Experience experience;
    private final InstantSource clock;
    private volatile Optional<WorkerId> last = Optional.empty();

    public DraftPlacement(
            PlacementSettings settings,
            Endpoints endpoints,
            SettingsPlaces places,
            SharedPlaces measured,
            Experience experience,
            InstantSource clock) {
        this.settings = settings;
        this.endpoints = endpoints;
        this.places = places;
        this.measured = measured;
        this.experience = experience;
        this.clock = clock;
    }

    /** For a session that begins, or goes on here. */
    public PlacedWorkers choose(PromptRegions regions, Goal goal) {
        PlacementDecision decision = PlacementPolicy.choose(question(regions, goal));
        decision.chosen().ifPresent(id -> last = Optional.of(id));
        List<Worker> busy = endpoints.usableWorkers(regions).stream()
                .filter(worker -> worker.place() == Place.BUSY_REGION)
                .toList();
        Stream<Worker> remote = decision.usable().stream()
                .limit(Math.max(0, WORKERS_MAX - busy.size()))
                .map(this::worker);
        return new PlacedWorkers(Stream.concat(remote, busy.stream()).toList(), decision);
    }

    @Override
    public List<Worker> workersFor(PromptRegions regions, Goal goal) {
        return choose(regions, goal).workers();
    }

    /** What is asked, with all that is measured. */
    public PlacementQuestion question(PromptRegions regions, Goal goal) {
        PlaceBook book = measured.book();
        List<PlaceCandidate> candidates = new ArrayList<>();
        for (OfferedPlace offered : places.offered(regions)) {
            candidates.add(new PlaceCandidate(
                    offered.place(), book.of(offered.place().id()), offered.inUse(), offered.obstacle()));
        }
        return new PlacementQuestion(
                candidates,
                Math.max(1, book.targetPassNanos().or(PlacementQuestion.TARGET_PASS_NANOS_DEFAULT)),
                experience.of(goal).acceptance(),
                last,
                settings.hedging(),
                clock.millis());
    }

    private Worker worker(PlaceVerdict verdict) {
        boolean drafts =
                settings.choice() == DraftChoosing.ALL || verdict.part().isDrafting();
        long pass = Math.max(1, Math.round(verdict.reactionNanos() - verdict.roundTripNanos()));
        return new Worker(
                verdict.id(),
                Place.DRAFT_REGION,
                Duration.ofNanos(Math.round(verdict.roundTripNanos())),
                new Placed(!drafts, Duration.ofNanos(pass), verdict.why()));
    }
}
