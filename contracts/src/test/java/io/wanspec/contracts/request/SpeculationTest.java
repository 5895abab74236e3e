package io.wanspec.contracts.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.Limits;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SpeculationTest {
    @ParameterizedTest
    @ValueSource(doubles = {-0.1, Limits.PRICE_MAX + 0.1, Double.NaN})
    void aPriceIsWithinItsBounds(double price) {
        assertThatThrownBy(() -> priced(price))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("price must be between 0 and 100 tokens");
        assertThat(priced(Limits.PRICE_MAX).price()).hasValue(Limits.PRICE_MAX);
    }

    @Test
    void whatIsSaidOfTreesIsNotSaidOfChains() {
        var trees = new DraftOptions(
                DraftKind.TREE, OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(3), OptionalInt.empty());
        var speculation = new Speculation(
                Mode.WANSPEC, Goal.FAST, Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty(), trees);
        assertThat(speculation.drafts(DraftKind.TREE)).isEqualTo(trees);
        assertThat(speculation.drafts(DraftKind.CHAIN)).isEqualTo(DraftOptions.of(DraftKind.CHAIN));
        assertThatThrownBy(() -> new DraftOptions(
                        DraftKind.CHAIN,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        OptionalInt.of(3),
                        OptionalInt.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Speculation priced(double price) {
        return new Speculation(
                Mode.WANSPEC,
                Goal.ECONOMY,
                Optional.empty(),
                OptionalDouble.empty(),
                OptionalDouble.of(price),
                DraftOptions.of(DraftKind.TREE));
    }
}
