package io.wanspec.evaluation.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DemoTableTest {
    @Test
    void looks_like_this() {
        assertThat(String.join("\n", DemoTable.lines(DemoLedgers.comparison()))).isEqualTo("""
                                                     WANSpec     B1 local, k=3    B0 target only
                tokens                                     4                 4                 4
                time to first token                   100 ms             90 ms             80 ms
                total time                          1,600 ms          1,590 ms          4,000 ms
                tokens per second                        2.0               2.0               0.8
                target passes                             40                50               128
                draft passes, busy region                 31               150                 0
                  saved against B1                119 (79 %)
                draft passes, remote                     230                 0                 0
                accepted at position 1..          70 50 10 %        70 40 20 %                 -
                target idle for drafts                 12 ms            900 ms              0 ms
                bytes across the WAN               1,234,567                 0                 0""");
    }

    @Test
    void is_no_wider_than_a_terminal() {
        assertThat(DemoTable.lines(DemoLedgers.comparison())).allMatch(line -> line.length() <= 80);
    }

    @Test
    void says_in_one_sentence_what_was_saved_and_against_what_it_was_slower_or_faster() {
        assertThat(DemoTable.verdict(DemoLedgers.comparison()))
                .isEqualTo(
                        "Identical, token for token, in all three. WANSpec saved 119 of B1's 150 draft passes in the busy region (79 %);"
                                + " it took 1 % longer than B1 and 60 % less time than B0, the target alone.");
    }

    @Test
    void says_so_too_where_nothing_was_saved() {
        assertThat(verdict(150, 1_590.2))
                .contains("WANSpec made as many draft passes in the busy region as B1, 150; it took as long as B1");
        assertThat(verdict(160, 3_180.4))
                .contains(
                        "WANSpec made 10 draft passes more in the busy region than B1's 150; it took 100 % longer than B1");
    }

    private static String verdict(int busyPasses, double totalMs) {
        Ledger wanspec = new Ledger(
                DemoLedgers.TEXT, DemoLedgers.TOKENS, 4, 40, busyPasses, 9, List.of(), List.of(), 0, 0, 90, totalMs);
        return DemoTable.verdict(new DemoComparison(
                DemoLedgers.run(Mode.WANSPEC, wanspec),
                DemoLedgers.run(Mode.COLOCATED, DemoLedgers.colocated()),
                DemoLedgers.run(Mode.TARGET_ONLY, DemoLedgers.targetOnly()),
                3));
    }

    @Test
    void says_where_the_texts_differ() {
        Ledger other =
                new Ledger("Sky is red.", Tokens.of(5, 6, 9, 8), 4, 128, 0, 0, List.of(), List.of(), 0, 0, 80, 4_000);
        DemoComparison comparison = DemoLedgers.comparison(other);
        assertThat(comparison.identical()).isFalse();
        assertThat(DemoTable.verdict(comparison)).isEqualTo("NOT identical: the token ids differ from position 2 on.");
    }

    @Test
    void has_a_dash_where_nothing_was_counted() {
        Ledger nothing = new Ledger("", Tokens.none(), 0, 0, 0, 0, List.of(), List.of(), 0, 0, 0, 0);
        Run run = DemoLedgers.run(Mode.WANSPEC, nothing);
        DemoComparison empty = new DemoComparison(
                run, DemoLedgers.run(Mode.COLOCATED, nothing), DemoLedgers.run(Mode.TARGET_ONLY, nothing), 1);
        assertThat(String.join("\n", DemoTable.lines(empty))).contains("saved against B1                         -");
        assertThat(empty.busyDraftPassRatio()).isEmpty();
        assertThat(DemoTable.verdict(empty))
                .startsWith("Identical, token for token, in all three. WANSpec made as many draft passes");
    }
}
