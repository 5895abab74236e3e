package io.wanspec.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class AxisTest {
    @Test
    void stepsAreRound() {
        assertThat(Axis.Numbers.around("ms", 0, 200)).isEqualTo(new Axis.Numbers("ms", 0, 200, 20));
        assertThat(Axis.Numbers.around("ratio", 0.6, 2.1).step()).isEqualTo(0.2);
        assertThat(Axis.Numbers.around("ratio", 0.4, 2.9).step()).isEqualTo(0.25);
    }

    @SeededTest
    void stepsAreFewAndLeaveRoomForEveryValue(Random random) {
        double least = Gen.between(random, -1e3, 1e3);
        double span = Gen.between(random, 0.01, 1e4);
        Axis.Numbers axis = Axis.Numbers.around("", least, least + span);
        double slack = span * 1e-6;
        assertThat(axis.from()).isBetween(least - axis.step() - slack, least + slack);
        assertThat(axis.to()).isBetween(least + span - slack, least + span + axis.step() + slack);
        double steps = (axis.to() - axis.from()) / axis.step();
        assertThat(steps).isCloseTo(Math.rint(steps), within(1e-6)).isBetween(2.0, 12.0);
        assertThat(axis.from() / axis.step()).isCloseTo(Math.rint(axis.from() / axis.step()), within(1e-6));
    }

    @Test
    void anAxisHasTwoEnds() {
        assertThatThrownBy(() -> new Axis.Numbers("", 1, 1, 0.1)).hasMessageContaining("from less to more");
        assertThat(Axis.Numbers.around("", 1, 1).to()).isGreaterThan(1);
    }
}
