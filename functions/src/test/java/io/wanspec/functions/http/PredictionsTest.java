package io.wanspec.functions.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Tokens;
import org.junit.jupiter.api.Test;

final class PredictionsTest {
    @Test
    void doNotBeginTheSequenceAnew() {
        Tokens chat = Tokens.of(128_000, 128_006, 9_125);
        assertThat(Predictions.text(Tokens.of(128_000, 791, 13_180), chat)).isEqualTo(Tokens.of(791, 13_180));
        assertThat(Predictions.text(Tokens.of(791, 13_180), chat)).isEqualTo(Tokens.of(791, 13_180));
        assertThat(Predictions.text(Tokens.of(128_000), chat)).isEqualTo(Tokens.none());
        assertThat(Predictions.text(Tokens.none(), chat)).isEqualTo(Tokens.none());
    }
}
