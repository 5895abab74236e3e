package io.wanspec.controller;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
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

    @Property
    void agreesWithSearchingTheWholeText(
            @ForAll("pieces") List<String> pieces, @ForAll("stops") @Size(max = 4) List<String> stops) {
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

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.strings()
                .withChars('a', 'b', 'c')
                .ofMaxLength(4)
                .list()
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<List<String>> stops() {
        return Arbitraries.strings()
                .withChars('a', 'b', 'c')
                .ofMinLength(1)
                .ofMaxLength(4)
                .list();
    }
}
