package io.wanspec.controller.placement;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.placement.PlaceVerdict.Part;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlacementPolicyTest {
    private static final long NOW = 1_000_000_000L;
    private static final double MS = 1e6;

    @Test
    void takesTheNearestAndSaysWhy() {
        PlacementDecision decision = choose(place("west", 70, 8), place("east", 20, 8), place("far", 200, 8));
        assertThat(decision.chosen()).contains(new WorkerId("east"));
        assertThat(decision.verdicts())
                .extracting(verdict -> verdict.id() + " " + verdict.part().words())
                .containsExactly("east drafts", "west stands by", "far stands by");
        assertThat(decision.verdicts().getFirst().why())
                .startsWith("the fastest of 3; ")
                .contains("round trip 20 ms, jitter 0 ms, pass 8.0 ms, measured 0 s ago");
        assertThat(decision.verdicts().getLast().why()).contains("% slower than east");
    }

    @Test
    void aSlowProcessorIsWorseThanDistance() {
        assertThat(choose(place("near", 10, 60), place("quick", 40, 6)).chosen())
                .contains(new WorkerId("quick"));
    }

    @Test
    void whatMayNotBeUsedIsLeftOut() {
        DraftPlace near = new DraftPlace(new WorkerId("near"), DraftPlace.Kind.REGION, "ap-east-1");
        var refused = new PlaceCandidate(near, measures(5, 0, 8, 0), 0, "prompts may not be seen in ap-east-1");
        PlacementDecision decision = choose(refused, place("west", 70, 8));
        assertThat(decision.chosen()).contains(new WorkerId("west"));
        assertThat(decision.verdicts().getLast())
                .returns(Part.LEFT_OUT, PlaceVerdict::part)
                .returns("prompts may not be seen in ap-east-1", PlaceVerdict::why);
        assertThat(choose(refused).chosen()).isEmpty();
    }

    @Test
    void aFullPlaceIsLeftOut() {
        DraftPlace small = new DraftPlace(new WorkerId("small"), DraftPlace.Kind.ON_SITE, "campus", 0, 2);
        var full = new PlaceCandidate(small, measures(5, 0, 8, 0), 2, "");
        assertThat(choose(full, place("west", 70, 8)).verdicts().getLast().why())
                .isEqualTo("all its 2 slots are in use");
    }

    @Test
    void ofThoseThatAreAboutAsFastTheCheapestIsTaken() {
        PlaceCandidate dear = priced("dear", 30, 2.0);
        PlaceCandidate cheap = priced("cheap", 31, 0.5);
        assertThat(choose(dear, cheap).chosen()).contains(new WorkerId("cheap"));
        assertThat(choose(dear, priced("cheap", 60, 0.5)).chosen()).contains(new WorkerId("dear"));
    }

    @Test
    void thePlaceOfTheSessionBeforeIsKeptWhileItIsAboutAsGood() {
        var question = question(List.of(place("a", 30, 8), place("b", 33, 8)), "b", false);
        assertThat(PlacementPolicy.choose(question).chosen()).contains(new WorkerId("b"));
        var worse = question(List.of(place("a", 30, 8), place("b", 60, 8)), "b", false);
        assertThat(PlacementPolicy.choose(worse).chosen()).contains(new WorkerId("a"));
    }

    @Test
    void aSecondOneDraftsWhereTheFirstOftenFails() {
        PlaceCandidate shaky = of("shaky", measures(20, 0, 8, 0.3));
        PlacementDecision decision =
                PlacementPolicy.choose(question(List.of(shaky, place("calm", 60, 8)), "shaky", true));
        assertThat(decision.verdicts()).extracting(PlaceVerdict::part).contains(Part.DRAFTS, Part.HEDGES);
        PlacementDecision calm =
                PlacementPolicy.choose(question(List.of(place("calm", 20, 8), place("too", 60, 8)), "", true));
        assertThat(calm.verdicts()).extracting(PlaceVerdict::part).containsExactly(Part.DRAFTS, Part.STANDS_BY);
    }

    @Test
    void failuresAreForgiven() {
        PlaceMeasures failed = measures(20, 0, 8, 1);
        PlaceCandidate other = place("other", 40, 8);
        assertThat(choose(of("failed", failed), other).chosen()).contains(new WorkerId("other"));
        long later = NOW + Decayed.HALF_LIFE.toMillis() * 10;
        var question = new PlacementQuestion(
                List.of(of("failed", failed), other), 40 * MS, 0.8, Optional.of(new WorkerId("other")), true, later);
        assertThat(PlacementPolicy.choose(question).chosen()).contains(new WorkerId("failed"));
    }

    @Test
    void slownessIsForgivenSinceNobodyMeasuresPassesWhereNoSessionIs() {
        PlaceCandidate slow = place("slow", 10, 60);
        PlaceCandidate other = place("other", 60, 8);
        assertThat(choose(slow, other).chosen()).contains(new WorkerId("other"));
        var question = new PlacementQuestion(
                List.of(slow, other),
                40 * MS,
                0.8,
                Optional.of(new WorkerId("other")),
                true,
                NOW + Decayed.HALF_LIFE.toMillis() * 12);
        assertThat(PlacementPolicy.choose(question).chosen()).contains(new WorkerId("slow"));
    }

    /** Whatever is asked: who is best is no question of the order, nothing is forgotten, and what may not draft does not. */
    @SeededTest
    void everyQuestionHasOneAnswer(Random random) {
        List<PlaceCandidate> candidates = new ArrayList<>();
        int number = Gen.between(random, 0, 15);
        for (int i = 0; i < number; i++) {
            candidates.add(any(random, "p" + i));
        }
        var question = new PlacementQuestion(
                candidates,
                Gen.between(random, 1, 500) * MS,
                Gen.between(random, 0.0, 1.0),
                random.nextBoolean() ? Optional.of(new WorkerId("p1")) : Optional.empty(),
                random.nextBoolean(),
                NOW + Gen.between(random, 0, 1_000_000));
        PlacementDecision decision = PlacementPolicy.choose(question);
        assertThat(decision.verdicts())
                .extracting(PlaceVerdict::id)
                .containsExactlyInAnyOrderElementsOf(
                        candidates.stream().map(each -> each.place().id()).toList());
        long able = candidates.stream().filter(each -> each.whyNot().isEmpty()).count();
        assertThat(decision.usable()).hasSize((int) able);
        assertThat(decision.chosen().isPresent()).isEqualTo(able > 0);
        assertThat(decision.verdicts()).allSatisfy(verdict -> {
            assertThat(verdict.why()).isNotBlank().doesNotContain("NaN").doesNotContain("Infinity");
            assertThat(verdict.nanosPerToken()).isBetween(0.0, question.targetPassNanos() * 1.000001);
        });
        List<PlaceCandidate> shuffled = new ArrayList<>(candidates);
        Collections.shuffle(shuffled, random);
        var again = new PlacementQuestion(
                shuffled,
                question.targetPassNanos(),
                question.acceptance(),
                question.incumbent(),
                question.mayHedge(),
                question.nowMillis());
        assertThat(PlacementPolicy.choose(again).usable())
                .as("but for the order of equal ones")
                .extracting(PlaceVerdict::nanosPerToken)
                .containsExactlyInAnyOrderElementsOf(decision.usable().stream()
                        .map(PlaceVerdict::nanosPerToken)
                        .toList());
    }

    /** To be nearer, quicker, calmer or safer never makes a place worse. */
    @SeededTest
    void betterIsNeverWorse(Random random) {
        double roundTrip = Gen.between(random, 0.0, 400.0);
        double jitter = Gen.between(random, 0.0, 100.0);
        double pass = Gen.between(random, 0.1, 100.0);
        double failing = Gen.between(random, 0.0, 1.0);
        double by = Gen.between(random, 0.0, 1.0);
        PlaceMeasures worse = measures(roundTrip, jitter, pass, failing);
        PlaceMeasures better = switch (random.nextInt(3)) {
            case 0 -> measures(roundTrip * by, jitter, pass, failing);
            case 1 -> measures(roundTrip, jitter, pass * by, failing);
            default -> measures(roundTrip, jitter, pass, failing * by);
        };
        var question = question(List.of(), "", false);
        assertThat(PlaceOutlook.of(better, question).nanosPerToken())
                .isLessThanOrEqualTo(PlaceOutlook.of(worse, question).nanosPerToken() * 1.000001);
    }

    private static PlaceCandidate any(Random random, String id) {
        DraftPlace place = new DraftPlace(
                new WorkerId(id),
                random.nextBoolean() ? DraftPlace.Kind.REGION : DraftPlace.Kind.ON_SITE,
                "somewhere",
                Gen.between(random, 0, 3),
                Gen.between(random, 0, 4));
        PlaceMeasures measures = random.nextInt(4) == 0
                ? PlaceMeasures.nothing()
                : measures(
                        Gen.between(random, 0, 500),
                        Gen.between(random, 0, 50),
                        Gen.between(random, 0, 100),
                        Gen.between(random, 0.0, 1.0));
        return new PlaceCandidate(
                place, measures, Gen.between(random, 0, 4), random.nextInt(4) == 0 ? "it is away" : "");
    }

    private static PlacementDecision choose(PlaceCandidate... candidates) {
        return PlacementPolicy.choose(question(List.of(candidates), "", false));
    }

    private static PlacementQuestion question(List<PlaceCandidate> candidates, String incumbent, boolean mayHedge) {
        return new PlacementQuestion(
                candidates,
                40 * MS,
                0.8,
                incumbent.isEmpty() ? Optional.empty() : Optional.of(new WorkerId(incumbent)),
                mayHedge,
                NOW);
    }

    private static PlaceCandidate place(String id, double roundTripMs, double passMs) {
        return of(id, measures(roundTripMs, 0, passMs, 0));
    }

    private static PlaceCandidate of(String id, PlaceMeasures measures) {
        return new PlaceCandidate(new DraftPlace(new WorkerId(id), DraftPlace.Kind.REGION, id + "-1"), measures);
    }

    private static PlaceCandidate priced(String id, double roundTripMs, double usdPerHour) {
        return new PlaceCandidate(
                new DraftPlace(new WorkerId(id), DraftPlace.Kind.REGION, id + "-1", usdPerHour, 0),
                measures(roundTripMs, 0, 8, 0));
    }

    private static PlaceMeasures measures(double roundTripMs, double jitterMs, double passMs, double failing) {
        return new PlaceMeasures(
                Decayed.of(roundTripMs * MS, 1, NOW),
                Decayed.of(jitterMs * MS, 1, NOW),
                Decayed.of(passMs * MS, 1, NOW),
                Decayed.of(failing, 1, NOW));
    }
}
