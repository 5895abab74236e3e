package io.wanspec.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ScaleTest {
    @Test
    void valuesLieBetweenTheEnds() {
        Scale scale = new Scale(0, 200, 60, 560);
        assertThat(scale.at(0)).isEqualTo(60);
        assertThat(scale.at(200)).isEqualTo(560);
        assertThat(scale.at(50)).isEqualTo(185);
    }

    @Test
    void ticksAreRoundAndLabelledWithTheDigitsTheyNeed() {
        Scale scale = new Scale(0.6, 1.8, 300, 0);
        assertThat(scale.ticks().stream().map(scale::label))
                .containsExactly("0.6", "0.8", "1.0", "1.2", "1.4", "1.6", "1.8");
        assertThat(new Scale(0, 0.1, 0, 1).label(0.02)).isEqualTo("0.02");
        assertThat(new Scale(0, 5_000, 0, 1).label(1_000)).isEqualTo("1000");
    }

    @SeededTest
    void ticksAreFewEvenAndWithin(Random random) {
        double from = Gen.between(random, -1e3, 1e3);
        double span = Gen.between(random, 0.01, 1e4);
        Scale scale = new Scale(from, from + span, 0, 100);
        var ticks = scale.ticks();
        assertThat(ticks).hasSizeBetween(2, 8);
        for (double tick : ticks) {
            assertThat(tick).isBetween(from - span * 1e-6, from + span * (1 + 1e-6));
        }
        for (int i = 2; i < ticks.size(); i++) {
            assertThat(ticks.get(i) - ticks.get(i - 1)).isCloseTo(ticks.get(1) - ticks.get(0), within(span * 1e-6));
        }
    }

    @Test
    void anAxisHasTwoEnds() {
        assertThatThrownBy(() -> new Scale(1, 1, 0, 10)).hasMessageContaining("from less to more");
    }
}
