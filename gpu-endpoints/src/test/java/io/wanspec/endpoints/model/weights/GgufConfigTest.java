package io.wanspec.endpoints.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.endpoints.model.ModelLoadException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a GGUF file's metadata says about the arithmetic is understood, or refused by its name. */
class GgufConfigTest {
    private final Map<String, Object> metadata = new HashMap<>(Map.of(
            "general.architecture", "llama",
            "llama.block_count", 2,
            "llama.embedding_length", 64,
            "llama.feed_forward_length", 128,
            "llama.context_length", 2_048,
            "llama.attention.head_count", 4,
            "llama.attention.layer_norm_rms_epsilon", 1e-5f,
            "tokenizer.ggml.tokens", List.of("a", "b")));

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of("general.architecture", "qwen2"),
                Arguments.of("general.architecture", "granite"),
                Arguments.of("general.type", "adapter"),
                Arguments.of("llama.rope.scaling.type", "yarn"),
                Arguments.of("llama.rope.scaling.type", "longrope"),
                Arguments.of("llama.rope.scaling.type", 1),
                Arguments.of("llama.rope.scaling.factor", 4f),
                Arguments.of("llama.rope.scale_linear", 2f),
                Arguments.of("llama.rope.scaling.attn_factor", 0.5f),
                Arguments.of("llama.rope.scaling.yarn_log_multiplier", 0.1f),
                Arguments.of("llama.rope.dimension_count", 8),
                Arguments.of("llama.attention.value_length", 32),
                Arguments.of("llama.attention.sliding_window", 1_024),
                Arguments.of("llama.attention.causal", 0),
                Arguments.of("llama.attention.scale", 0.5f),
                Arguments.of("llama.attention.clamp_kqv", 8f),
                Arguments.of("llama.attention.head_count", List.of(4, 4)),
                Arguments.of("llama.expert_count", 8),
                Arguments.of("llama.logit_scale", 0.5f),
                Arguments.of("llama.final_logit_softcapping", 30f),
                Arguments.of("llama.what_comes_next", 3));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void whatIsNotComputedIsRefusedByName(String key, Object value) {
        metadata.put(key, value);
        assertThatThrownBy(this::read).isInstanceOf(ModelLoadException.class).hasMessageContaining(key);
    }

    static Stream<Arguments> neutral() {
        return Stream.of(
                Arguments.of("general.type", "model"),
                Arguments.of("llama.rope.scaling.type", "none"),
                Arguments.of("llama.rope.scaling.type", "linear"),
                Arguments.of("llama.rope.scaling.factor", 1f),
                Arguments.of("llama.rope.scaling.attn_factor", 0f),
                Arguments.of("llama.rope.scaling.attn_factor", 1f),
                Arguments.of("llama.rope.scaling.original_context_length", 8_192),
                Arguments.of("llama.rope.dimension_count", 16),
                Arguments.of("llama.rope.freq_base", 10_000f),
                Arguments.of("llama.attention.key_length", 16),
                Arguments.of("llama.attention.value_length", 16),
                Arguments.of("llama.attention.sliding_window", 0),
                Arguments.of("llama.attention.sliding_window", 2_048),
                Arguments.of("llama.attention.causal", 1),
                Arguments.of("llama.expert_count", 0),
                Arguments.of("llama.vocab_size", 2),
                Arguments.of("quantize.imatrix.chunks_count", 125));
    }

    @ParameterizedTest
    @MethodSource("neutral")
    void whatChangesNothingPasses(String key, Object value) {
        LlamaConfig plain = read();
        metadata.put(key, value);
        assertThat(read()).isEqualTo(plain);
    }

    @Test
    void aHeadMayBeWiderThanItsShareOfTheHiddenStates() {
        metadata.put("llama.attention.key_length", 32);
        metadata.put("llama.attention.value_length", 32);
        assertThat(read().headDim()).isEqualTo(32);
    }

    @Test
    void whatIsNeededIsNamed() {
        metadata.remove("llama.block_count");
        assertThatThrownBy(this::read).hasMessageContaining("llama.block_count");
    }

    private LlamaConfig read() {
        return GgufConfig.read(metadata);
    }
}
