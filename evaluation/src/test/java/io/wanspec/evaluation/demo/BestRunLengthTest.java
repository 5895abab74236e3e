package io.wanspec.evaluation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class BestRunLengthTest {
    /** With equal acceptance a at each position the expectation is (1 - a^(k+1)) / (1 - a). */
    @SeededTest(tries = 200)
    void agrees_with_the_closed_form(Random random) {
        double draftCost = Gen.between(random, 0.02, 1.0);
        Ledger ledger = geometric(Gen.between(random, 0.05, 0.95));
        double actual = (double) ledger.acceptedByPosition().getFirst()
                / ledger.proposedByPosition().getFirst();
        int chosen = BestRunLength.of(ledger, 1, draftCost);
        double best = IntStream.rangeClosed(1, BestRunLength.MAX)
                .mapToDouble(k -> rate(actual, k, draftCost))
                .max()
                .orElseThrow();
        // Counts are whole numbers, so the best of two near ties may be the other one.
        assertThat(rate(actual, chosen, draftCost)).isGreaterThan(best * 0.999);
    }

    @Test
    void one_if_nothing_is_ever_accepted_or_nothing_was_tried() {
        assertThat(BestRunLength.of(geometric(0), 10, 1)).isEqualTo(1);
        assertThat(BestRunLength.of(DemoLedgers.targetOnly(), 10, 1)).isEqualTo(1);
    }

    @Test
    void long_if_everything_is_accepted_and_drafts_are_cheap() {
        assertThat(BestRunLength.of(geometric(1), 10, 0.1)).isEqualTo(BestRunLength.MAX);
    }

    @Test
    void tells_pass_times_from_two_short_requests() {
        Ledger targetOnly = ledger(11, 0, 100, 200);
        Ledger colocated = ledger(6, 25, 100, 200);
        assertThat(WarmUpPassTimes.from(targetOnly, colocated)).isEqualTo(new WarmUpPassTimes(10, 2));
    }

    private static double rate(double acceptance, int k, double draftCost) {
        return (1 - Math.pow(acceptance, k + 1)) / (1 - acceptance) / (1 + k * draftCost);
    }

    private static Ledger geometric(double acceptance) {
        int rounds = 100_000_000;
        List<Integer> proposed =
                IntStream.range(0, BestRunLength.MAX).mapToObj(_ -> rounds).toList();
        List<Integer> accepted = IntStream.range(0, BestRunLength.MAX)
                .mapToObj(i -> (int) (rounds * Math.pow(acceptance, i + 1)))
                .toList();
        return DemoLedgers.ledger(rounds, 0, 0, proposed, accepted);
    }

    private static Ledger ledger(int targetPasses, int busyDraftPasses, double firstMs, double totalMs) {
        return new Ledger(
                DemoLedgers.TEXT,
                DemoLedgers.TOKENS,
                4,
                targetPasses,
                busyDraftPasses,
                0,
                List.of(),
                List.of(),
                0,
                0,
                firstMs,
                totalMs);
    }
}
