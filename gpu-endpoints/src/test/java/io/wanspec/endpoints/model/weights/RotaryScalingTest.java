package io.wanspec.endpoints.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.endpoints.model.GoldenLlamas;
import io.wanspec.endpoints.model.ModelLoadException;
import io.wanspec.endpoints.model.weights.RotaryScaling.Divisors;
import io.wanspec.endpoints.model.weights.RotaryScaling.Llama3;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RotaryScalingTest {
    private static final double THETA = 500_000;

    @ParameterizedTest
    @ValueSource(strings = {"llama-3.1-8b", "llama-3.2-1b"})
    void frequenciesOfRealModelsAreThoseOfTransformers(String name) {
        JsonNode golden = GoldenLlamas.frequencies().path(name);
        int width = golden.path("head_dim").asInt();
        Llama3 scaling = new Llama3(golden.path("factor").asDouble(), 1, 4, 8_192);
        assertThat(golden.path("values").size()).isEqualTo(width / 2);
        for (int pair = 0; pair < width / 2; pair++) {
            double expected = golden.path("values").path(pair).asDouble();
            double plain = Math.pow(THETA, -2.0 * pair / width);
            assertThat(scaling.frequency(plain, pair)).isCloseTo(expected, within(1e-5 * expected));
        }
    }

    @Test
    void longWavesAreStretchedShortOnesStay() {
        Llama3 scaling = new Llama3(8, 1, 4, 8_192);
        assertThat(scaling.frequency(1, 0)).isEqualTo(1);
        assertThat(scaling.frequency(1e-5, 0)).isEqualTo(1e-5 / 8);
        double between = 2 * Math.PI / 8_192 * 2;
        assertThat(scaling.frequency(between, 0)).isBetween(between / 8, between);
    }

    @ParameterizedTest
    @CsvSource({"0.5, 1, 4, 8192", "NaN, 1, 4, 8192", "8, 0, 4, 8192", "8, 4, 4, 8192", "8, 1, 4, 0"})
    void invalidNumbersAreRefused(double factor, double low, double high, int original) {
        assertThatThrownBy(() -> new Llama3(factor, low, high, original))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("llama3");
    }

    @ParameterizedTest
    @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
    void divisorsAreFiniteAndPositive(float divisor) {
        assertThat(new Divisors(List.of(1f, 4f)).frequency(2, 1)).isEqualTo(0.5);
        assertThatThrownBy(() -> new Divisors(List.of(1f, divisor))).isInstanceOf(ModelLoadException.class);
    }
}
