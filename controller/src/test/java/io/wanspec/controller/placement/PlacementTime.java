package io.wanspec.controller.placement;

import io.wanspec.contracts.WorkerId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Prints what a choice takes: the best of some runs of many, after a warm-up. */
public final class PlacementTime {
    private static final int RUNS = 20;
    private static final int CHOICES = 20_000;
    private static final long NOW = 1_000_000_000L;

    private PlacementTime() {}

    public static void main(String[] args) {
        for (int places : new int[] {1, 5, 15, 64}) {
            PlacementQuestion question = question(places);
            double best = Double.POSITIVE_INFINITY;
            int verdicts = 0;
            for (int run = 0; run < RUNS; run++) {
                long begun = System.nanoTime();
                for (int i = 0; i < CHOICES; i++) {
                    verdicts += PlacementPolicy.choose(question).verdicts().size();
                }
                best = Math.min(best, (System.nanoTime() - begun) / 1e3 / CHOICES);
            }
            System.out.printf("%d places: %.1f us a choice (%d verdicts)%n", places, best, verdicts);
        }
    }

    private static PlacementQuestion question(int places) {
        List<PlaceCandidate> candidates = new ArrayList<>();
        for (int i = 0; i < places; i++) {
            candidates.add(new PlaceCandidate(
                    new DraftPlace(new WorkerId("p" + i), DraftPlace.Kind.REGION, "r" + i, i, 0),
                    PlaceMeasures.of(
                            new PlaceFindings(
                                    new WorkerId("p" + i),
                                    8,
                                    20_000_000L + i * 3_000_000L,
                                    1_000_000,
                                    8,
                                    8_000_000,
                                    i % 2),
                            NOW - i)));
        }
        return new PlacementQuestion(candidates, 40e6, 0.8, Optional.of(new WorkerId("p0")), true, NOW);
    }
}
