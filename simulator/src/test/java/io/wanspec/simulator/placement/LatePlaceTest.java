package io.wanspec.simulator.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.request.Goal;
import io.wanspec.controller.GoalSettings;
import io.wanspec.controller.LearnedByKind;
import io.wanspec.controller.Place;
import io.wanspec.controller.Placed;
import io.wanspec.controller.Worker;
import io.wanspec.controller.placement.DraftPlace;
import io.wanspec.simulator.run.Experiment;
import io.wanspec.simulator.run.Scenario;
import io.wanspec.simulator.world.SimSession;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A draft place gets slow, or is cut off, in the middle of a request, and another one stands by. */
class LatePlaceTest {
    private static final Scenario SCENARIO = Scenario.reference(0).withTokens(160);
    private static final Pattern LATENESS = Pattern.compile("in round (\\d+) of lateness");
    private static final int ROUNDS_MAX = 3;
    private static final long MS = 1_000_000L;

    /** With whoever drafts, the text is the same; and whoever is late is left within three rounds. */
    @SeededTest(tries = 60)
    void isLeftWithinThreeRoundsOfItsFirstLateFrame(Random random) {
        long seed = random.nextInt(1_000_000);
        long from = Gen.between(random, 0, 800) * MS;
        boolean cut = random.nextInt(3) == 0;
        double extra = cut ? 0 : Gen.between(random, 170, 300);
        List<PlaceDay> places = List.of(
                day("near", 30, List.of(new PlaceDay.Spell(from, Long.MAX_VALUE, extra, cut))),
                day("far", 50, List.of()));
        SimSession alone = run(places.subList(1, 2), seed);
        SimSession both = run(places, seed);
        assertThat(both.tokens()).isEqualTo(alone.tokens()).isNotEqualTo(Tokens.none());
        assertThat(both.replacements())
                .as("from " + from + " ns, " + extra + " ms, cut " + cut)
                .isNotEmpty();
        Matcher late = LATENESS.matcher(both.replacements().getFirst());
        if (late.find()) {
            assertThat(Integer.parseInt(late.group(1))).isLessThanOrEqualTo(ROUNDS_MAX);
        }
        assertThat(both.figures().nanos())
                .as("it costs some rounds, not the rest of the request")
                .isLessThan(alone.figures().nanos() * 3 / 2);
    }

    /** Nothing happens where nothing happens. */
    @SeededTest(tries = 60)
    void nobodyIsLeftWhereAllIsCalm(Random random) {
        double roundTrip = Gen.between(random, 1, 150);
        List<PlaceDay> places = List.of(
                day("near", roundTrip, List.of()), day("far", roundTrip + Gen.between(random, 0, 50), List.of()));
        assertThat(run(places, random.nextInt(1_000_000)).replacements()).isEmpty();
    }

    private static SimSession run(List<PlaceDay> places, long seed) {
        List<Worker> workers = new ArrayList<>();
        for (PlaceDay day : places) {
            Placed placed = workers.isEmpty() ? Placed.unasked() : Placed.standingBy();
            Duration roundTrip = Duration.ofNanos(Math.round(day.rttMs() * MS));
            workers.add(new Worker(day.place().id(), Place.DRAFT_REGION, roundTrip, placed));
        }
        workers.add(Experiment.BUSY);
        return DaySession.run(
                SCENARIO,
                places,
                GoalSettings.of(Goal.ECONOMY, SimSession.TARGET, workers),
                LearnedByKind.none(),
                0,
                seed);
    }

    private static PlaceDay day(String name, double rttMs, List<PlaceDay.Spell> spells) {
        DraftPlace place = new DraftPlace(new WorkerId(name), DraftPlace.Kind.REGION, name);
        return new PlaceDay(place, rttMs, 1, 8, 0, 0, spells);
    }
}
