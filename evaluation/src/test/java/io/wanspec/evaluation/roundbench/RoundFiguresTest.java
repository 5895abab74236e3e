package io.wanspec.evaluation.roundbench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.evaluation.passes.PassCount;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RoundFiguresTest {
    @Test
    void what_is_no_pass_is_beside_it() {
        // Ten rounds behind the first; eleven target passes of 2 ms, ten draft passes of 1 ms: 3 ms of 4.5 are passes.
        RoundSample sample = RoundSample.of(
                answer(11, 20, 65),
                List.of(
                        new PassCount("target", 1, 11, 0, 22, 22),
                        new PassCount("busy-draft", 1, 10, 0, 10, 10),
                        new PassCount("remote-draft", 1, 100, 0, 500, 500)));
        assertThat(sample.rounds()).isEqualTo(10);
        assertThat(sample.firstMs()).isEqualTo(20);
        assertThat(sample.passMs()).isCloseTo(3, within(1e-9));
        assertThat(sample.besideMs()).isCloseTo(1.5, within(1e-9));
    }

    @Test
    void rows_are_medians() {
        List<RoundSample> samples = Stream.of(9.0, 1.0, 2.0, 1.2)
                .map(beside -> new RoundSample(10 * beside, 3, 1, beside))
                .toList();
        RoundRow row = RoundRow.of("colocated", samples);
        assertThat(row.besideMs()).isCloseTo(1.6, within(1e-9));
        assertThat(row.firstMs()).isCloseTo(16, within(1e-9));
        assertThat(row.answers()).isEqualTo(4);
        assertThat(row.isMet()).isFalse();
        assertThat(RoundRow.of("colocated", samples.subList(1, 4)).besideMs()).isEqualTo(1.2);
    }

    private static Ledger answer(int rounds, double firstMs, double totalMs) {
        return new Ledger("abc", Tokens.of(1, 2), 2, rounds, 0, 0, List.of(), List.of(), 0, 0, firstMs, totalMs);
    }
}
