package io.wanspec.simulator.placement;

import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.GoalSettings;
import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.Place;
import io.wanspec.controller.Placed;
import io.wanspec.controller.PlacementReport;
import io.wanspec.controller.Worker;
import io.wanspec.controller.placement.PlaceBook;
import io.wanspec.controller.placement.PlaceCandidate;
import io.wanspec.controller.placement.PlaceFindings;
import io.wanspec.controller.placement.PlaceVerdict;
import io.wanspec.controller.placement.PlacementDecision;
import io.wanspec.controller.placement.PlacementPolicy;
import io.wanspec.controller.placement.PlacementQuestion;
import io.wanspec.simulator.run.Experiment;
import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.world.SessionFigures;
import io.wanspec.simulator.world.SimSession;
import io.wanspec.simulator.world.Wan;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A day with the policy: it sees what sessions found and what probes did, never the places themselves. A place that no session was at
 * within a minute is probed each minute.
 */
final class PlacementRun {
    private static final int WORKERS_MAX = 7;
    private static final long PROBE_NANOS = 60_000_000_000L;
    private static final double NANOS_PER_MS = 1e6;
    private static final long MS = 1_000_000L;

    private final Scenario scenario;
    private final List<PlaceDay> places;
    private final SplittableRandom random;
    private final Map<WorkerId, Long> seenAt = new HashMap<>();
    private final Set<WorkerId> away = new HashSet<>();
    private PlaceBook book = PlaceBook.empty();
    private LearnedByKind learned = LearnedByKind.none();
    private Optional<WorkerId> incumbent = Optional.empty();
    private int moves;
    private int changes;
    private int hedged;

    PlacementRun(Scenario scenario, List<PlaceDay> places) {
        this.scenario = scenario;
        this.places = places;
        random = new SplittableRandom(scenario.seed());
    }

    /** A request at this time of the day. */
    SessionFigures request(long atNanos, long seed) {
        probe(atNanos);
        PlacementDecision decision = PlacementPolicy.choose(question(atNanos));
        count(decision);
        List<Worker> workers = new ArrayList<>();
        decision.usable().stream().limit(WORKERS_MAX).forEach(verdict -> workers.add(worker(verdict)));
        workers.add(Experiment.BUSY);
        SimSession session = DaySession.run(
                scenario, places, GoalSettings.of(Goal.ECONOMY, SimSession.TARGET, workers), learned, atNanos, seed);
        learned = session.teach(learned);
        moves += session.replacements().size();
        learn(session.placement(), atNanos);
        return session.figures();
    }

    private PlacementQuestion question(long atNanos) {
        List<PlaceCandidate> candidates = places.stream()
                .map(day -> new PlaceCandidate(
                        day.place(),
                        book.of(day.place().id()),
                        0,
                        away.contains(day.place().id()) ? "it did not answer" : ""))
                .toList();
        return new PlacementQuestion(
                candidates,
                book.targetPassNanos().or(PlacementQuestion.TARGET_PASS_NANOS_DEFAULT),
                learned.acceptance(),
                incumbent,
                true,
                atNanos / MS);
    }

    private void count(PlacementDecision decision) {
        boolean changed = incumbent.isPresent() && !incumbent.equals(decision.chosen());
        changes += changed ? 1 : 0;
        hedged += decision.verdicts().stream().anyMatch(each -> each.part() == PlaceVerdict.Part.HEDGES) ? 1 : 0;
        incumbent = decision.chosen().or(() -> incumbent);
    }

    private static Worker worker(PlaceVerdict verdict) {
        long pass = Math.max(1, Math.round(verdict.reactionNanos() - verdict.roundTripNanos()));
        return new Worker(
                verdict.id(),
                Place.DRAFT_REGION,
                Duration.ofNanos(Math.round(verdict.roundTripNanos())),
                new Placed(!verdict.part().isDrafting(), Duration.ofNanos(pass), verdict.why()));
    }

    private void learn(PlacementReport report, long atNanos) {
        book = book.withTargetPass(report.targetPassNanos(), atNanos / MS);
        for (PlaceFindings found : report.found()) {
            book = book.with(found, atNanos / MS);
            seenAt.put(found.id(), atNanos);
        }
    }

    /** Each place as it was at the last whole minute, unless a session has been there since. */
    private void probe(long atNanos) {
        long probeAt = atNanos / PROBE_NANOS * PROBE_NANOS;
        for (PlaceDay day : places) {
            WorkerId id = day.place().id();
            if (seenAt.getOrDefault(id, -1L) < probeAt) {
                seenAt.put(id, probeAt);
                probe(day, probeAt);
            }
        }
    }

    private void probe(PlaceDay day, long atNanos) {
        WorkerId id = day.place().id();
        if (!day.isUp(atNanos)) {
            away.add(id);
            return;
        }
        away.remove(id);
        Wan wan = day.wanAt(atNanos);
        double there = -Math.log(1 - random.nextDouble()) * wan.jitterMs();
        double back = -Math.log(1 - random.nextDouble()) * wan.jitterMs();
        long roundTrip = Math.round((wan.rttMs() + there + back) * NANOS_PER_MS);
        book = book.with(new PlaceFindings(id, 1, roundTrip, 0, 1, day.passNanos(1, atNanos), 0), atNanos / MS);
    }

    /** Changes of place between two sessions. */
    int changes() {
        return changes;
    }

    /** Changes of place within sessions. */
    int moves() {
        return moves;
    }

    /** Sessions with two places from the beginning. */
    int hedged() {
        return hedged;
    }
}
