package io.wanspec.controller;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StopGateTest {
    @Test
    void holdsBackWhatMayBeTheBeginningOfAStop() {
        StopGate gate = new StopGate(List.of("END"));
        assertThat(gate.pass("the E")).isEqualTo("the ");
        assertThat(gate.pass("N")).isEmpty();
        assertThat(gate.pass("E")).isEqualTo("EN");
        assertThat(gate.pass("NDing")).isEmpty();
        assertThat(gate.isStopped()).isTrue();
        assertThat(gate.flush()).isEmpty();
    }

    @SeededTest
    void agreesWithSearchingTheWholeText(Random random) {
        List<String> pieces =
                Gen.several(random, 0, 12, () -> Gen.text(random, "abc", 0, 4)).toList();
        List<String> stops =
                Gen.several(random, 0, 4, () -> Gen.text(random, "abc", 1, 4)).toList();
        String whole = String.join("", pieces);
        StopGate gate = new StopGate(stops);
        StringBuilder shown = new StringBuilder();
        for (String piece : pieces) {
            shown.append(gate.pass(piece));
            assertThat(expected(whole, stops)).startsWith(shown);
        }
        shown.append(gate.flush());
        assertThat(shown.toString()).isEqualTo(expected(whole, stops));
    }

    /** The dumb twin: look at every prefix until one ends with a stop; cut off the longest that does. */
    private static String expected(String whole, List<String> stops) {
        for (int end = 1; end <= whole.length(); end++) {
            String head = whole.substring(0, end);
            int cut = stops.stream()
                    .filter(head::endsWith)
                    .mapToInt(String::length)
                    .max()
                    .orElse(0);
            if (cut > 0) {
                return head.substring(0, end - cut);
            }
        }
        return whole;
    }

    /** A target's stream may say in a line of its own that the text has ended. */
    @Test
    void showsWhatItHoldsBackWhereTheTextEndsWithoutAnotherToken() {
        StopGate gate = new StopGate(List.of("foo"));
        assertThat(gate.pass("a fo")).isEqualTo("a ");
        assertThat(gate.end(SeenText.none()).texts()).containsExactly("fo");
        assertThat(gate.end(SeenText.none()).texts()).isEmpty();
    }

    @Test
    void mayShowTheStop() {
        StopGate gate = new StopGate(new StopRule(List.of("END"), true, 0));
        assertThat(gate.pass("the EN") + gate.pass("Ding")).isEqualTo("the END");
        assertThat(gate.isStopped()).isTrue();
    }

    /** Not even one that ends behind them. */
    @Test
    void looksForNoStopInTheFirstTokens() {
        StopGate gate = new StopGate(new StopRule(List.of("END"), false, 2));
        assertThat(gate.pass("END")).isEqualTo("END");
        assertThat(gate.pass("EN")).isEqualTo("EN");
        assertThat(gate.pass("D, END")).isEqualTo("D, ");
        assertThat(gate.isStopped()).isTrue();
    }
}
