package io.wanspec.controller.placement;

import io.wanspec.contracts.WorkerId;
import io.wanspec.controller.placement.PlaceVerdict.Part;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Who drafts for a session: the place of which the least time a token is expected. Of those that are about as good the place of the
 * session before is kept, so that nothing flaps, or else the cheapest is taken. A second one drafts too where the first is so
 * likely to fail that this is expected to pay. All others stand by, the better ones first. Of equal ones the first that was named
 * comes first.
 *
 * <p>Used by functions and simulator alike: it owns no clock, and the same question always has the same answer.
 */
public final class PlacementPolicy {
    /** What a place may take longer than the best, as a factor, and is still as good: what is measured has errors. */
    private static final double AS_GOOD = 1.02;

    /** The same for the place of the session before. */
    private static final double KEPT = 1.05;

    /** A second worker has to be expected to save so much of a token's time. */
    private static final double HEDGE_GAIN = 0.04;

    private final PlacementQuestion question;
    private final List<Ranked> ranked = new ArrayList<>();
    private final List<PlaceVerdict> leftOut = new ArrayList<>();

    record Ranked(PlaceCandidate candidate, PlaceOutlook outlook) {
        double nanos() {
            return outlook.nanosPerToken();
        }

        DraftPlace place() {
            return candidate.place();
        }

        PlaceVerdict verdict(Part part, String why) {
            return new PlaceVerdict(place(), part, nanos(), outlook.roundTripNanos(), outlook.reactionNanos(), why);
        }
    }

    private PlacementPolicy(PlacementQuestion question) {
        this.question = question;
    }

    public static PlacementDecision choose(PlacementQuestion question) {
        return new PlacementPolicy(question).choose();
    }

    private PlacementDecision choose() {
        question.candidates().forEach(this::look);
        ranked.sort(Comparator.comparingDouble(Ranked::nanos));
        if (ranked.isEmpty()) {
            return new PlacementDecision(leftOut);
        }
        Ranked first = first();
        Optional<Ranked> second = question.mayHedge() ? hedge(first) : Optional.empty();
        return new PlacementDecision(verdicts(first, second));
    }

    private void look(PlaceCandidate candidate) {
        String whyNot = candidate.whyNot();
        if (whyNot.isEmpty()) {
            ranked.add(new Ranked(candidate, PlaceOutlook.of(candidate.measures(), question)));
        } else {
            leftOut.add(new PlaceVerdict(candidate.place(), Part.LEFT_OUT, 0, 0, 0, whyNot));
        }
    }

    private Ranked first() {
        double best = ranked.getFirst().nanos();
        return ranked.stream()
                .filter(each -> isIncumbent(each.place().id()) && each.nanos() <= KEPT * best)
                .findFirst()
                .orElseGet(() -> cheapest(best));
    }

    private boolean isIncumbent(WorkerId id) {
        return question.incumbent().filter(id::equals).isPresent();
    }

    private Ranked cheapest(double best) {
        Ranked cheapest = ranked.getFirst();
        for (Ranked each : ranked) {
            boolean asGood = each.nanos() <= AS_GOOD * best;
            boolean cheaper = each.place().usdPerHour() < cheapest.place().usdPerHour();
            cheapest = asGood && cheaper ? each : cheapest;
        }
        return cheapest;
    }

    /** In trouble the target is left to its own pace, but for what a second place brings. */
    private Optional<Ranked> hedge(Ranked first) {
        return ranked.stream()
                .filter(each -> !each.equals(first))
                .findFirst()
                .filter(second -> first.outlook().trouble() * (question.targetPassNanos() - second.nanos())
                        > HEDGE_GAIN * first.nanos());
    }

    private List<PlaceVerdict> verdicts(Ranked first, Optional<Ranked> second) {
        PlacementWords words = new PlacementWords(question, ranked.getFirst(), first);
        List<PlaceVerdict> verdicts = new ArrayList<>();
        verdicts.add(first.verdict(Part.DRAFTS, words.ofFirst(ranked.size())));
        second.ifPresent(hedge -> verdicts.add(hedge.verdict(Part.HEDGES, words.ofHedge(hedge))));
        for (Ranked each : ranked) {
            if (!each.equals(first) && second.filter(each::equals).isEmpty()) {
                verdicts.add(each.verdict(Part.STANDS_BY, words.ofStandBy(each)));
            }
        }
        verdicts.addAll(leftOut);
        return verdicts;
    }
}
