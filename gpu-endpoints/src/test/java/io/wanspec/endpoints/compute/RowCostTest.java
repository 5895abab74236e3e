package io.wanspec.endpoints.compute;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RowCostTest {
    @Test
    void isTheSlopeToTheNextSizes() {
        RowCost cost = new RowCost();
        assertThat(cost.nanosAt(1)).isZero();
        cost.add(1, 1_000);
        assertThat(cost.nanosAt(1)).isZero();
        cost.add(5, 1_400);
        assertThat(cost.nanosAt(1)).isEqualTo(100);
        assertThat(cost.nanosAt(6)).isEqualTo(100);
        cost.add(37, 33_400);
        assertThat(cost.nanosAt(1)).isEqualTo(100);
        assertThat(cost.nanosAt(5)).isEqualTo(1_000);
        assertThat(cost.nanosAt(16)).as("of a size that was not seen").isZero();
        assertThat(cost.nanosAt(40)).isEqualTo(1_000);
    }

    @Test
    void isNeverNegativeAndKnowsPassesOfAnySize() {
        RowCost cost = new RowCost();
        cost.add(2, 9_000);
        cost.add(4, 1_000);
        cost.add(100_000, 5_000);
        assertThat(cost.nanosAt(2)).isZero();
        assertThat(cost.nanosAt(100_000)).isZero();
    }

    @Test
    void forgets() {
        RowCost cost = new RowCost();
        cost.add(1, 1_000);
        cost.add(2, 1_100);
        for (int i = 0; i < 200; i++) {
            cost.add(1, 2_000);
            cost.add(2, 2_700);
        }
        assertThat(cost.nanosAt(1)).isBetween(690L, 710L);
    }
}
