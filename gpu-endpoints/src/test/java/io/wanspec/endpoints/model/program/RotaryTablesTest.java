package io.wanspec.endpoints.model.program;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Limits;
import io.wanspec.endpoints.model.weights.LlamaConfig;
import io.wanspec.endpoints.model.weights.RotaryScaling;
import org.junit.jupiter.api.Test;

class RotaryTablesTest {
    private static final int WIDTH = 2;

    @Test
    void positionsThatAreNeverServedTakeNoMemory() {
        LlamaConfig config = new LlamaConfig(1, 2, 1, 1, WIDTH, 1, 1, 1, 1, 1_000_000, 10_000, 1e-5);
        RotaryTables tables = RotaryTables.of(config, RotaryScaling.NONE);
        assertThat(tables.cosines()).hasSize(Limits.SEQUENCE_TOKENS_MAX * WIDTH);
        assertThat(tables.sines()).hasSize(Limits.SEQUENCE_TOKENS_MAX * WIDTH);
        assertThat(config.contextTokens()).isEqualTo(Limits.SEQUENCE_TOKENS_MAX);
    }
}
