package io.wanspec.controller.policy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PriceTest {
    private static final double TOKEN_NANOS = 1_000;

    @Test
    void besideOthersEconomyIsDearer() {
        assertThat(far(Price.ECONOMY.besideOthers(0))).isEqualTo(far(Price.ECONOMY));
        assertThat(far(Price.ECONOMY.besideOthers(0.5))).isGreaterThan(far(Price.ECONOMY));
        assertThat(far(Price.ECONOMY.besideOthers(1))).isGreaterThan(far(Price.ECONOMY.besideOthers(0.5)));
        assertThat(far(Price.share(0.3).besideOthers(1))).isEqualTo(far(Price.share(0.3)));
    }

    @Test
    void nearbyNoPassIsBought() {
        assertThat(Price.ECONOMY.besideOthers(1).nanos(1, 20, 40, TOKEN_NANOS)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(Price.ECONOMY.nanos(1, 30, 40, TOKEN_NANOS)).isFinite();
    }

    private static double far(Price price) {
        return price.nanos(1, 1e6, 1, TOKEN_NANOS);
    }
}
