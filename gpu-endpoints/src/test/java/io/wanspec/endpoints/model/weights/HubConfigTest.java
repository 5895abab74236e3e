package io.wanspec.endpoints.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.endpoints.model.ModelLoadException;
import io.wanspec.endpoints.model.weights.RotaryScaling.Llama3;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What changes the arithmetic is understood, or refused by its name. */
class HubConfigTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String LLAMA3 = """
            {"factor": 32.0, "low_freq_factor": 1.0, "high_freq_factor": 4.0,
             "original_max_position_embeddings": 8192, "rope_type": "llama3"}""";

    @TempDir
    Path folder;

    @BeforeEach
    void write() throws IOException {
        TinyModel.writeTarget(folder, 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model_type | \"qwen2\"",
                "architectures | [\"LlamaForSequenceClassification\"]",
                "architectures | [\"LlamaForCausalLMEagle3\"]",
                "hidden_act | \"gelu\"",
                "attention_bias | true",
                "mlp_bias | true",
                "qkv_bias | true",
                "sliding_window | 1024",
                "layer_types | [\"full_attention\", \"sliding_attention\"]",
                "partial_rotary_factor | 0.5",
                "rope_interleaved | true",
                "quantization_config | {\"quant_method\": \"gptq\"}",
                "quantization_config | {\"quant_method\": \"bitsandbytes\", \"load_in_4bit\": true}",
                "quantization | {\"bits\": 4}",
                "auto_map | {\"AutoModelForCausalLM\": \"modeling_x.X\"}",
                "is_encoder_decoder | true",
                "final_logit_softcapping | 30.0",
                "attn_logit_softcapping | 50.0",
                "attention_multiplier | 0.0078125",
                "embedding_multiplier | 12.0",
                "residual_multiplier | 0.22",
                "logits_scaling | 8.0",
                "logit_scale | 0.0625",
                "use_qk_norm | true",
                "use_rms_norm | false",
                "scale_attn_weights | false",
                "num_local_experts | 8",
                "attention_chunk_size | 8192",
                "rope_scaling | {\"type\": \"linear\", \"factor\": 2.0}",
                "rope_scaling | {\"type\": \"linear\"}",
                "rope_scaling | {\"rope_type\": \"yarn\", \"factor\": 4.0}",
                "rope_scaling | {\"rope_type\": \"dynamic\", \"factor\": 2.0}",
                "rope_scaling | {\"rope_type\": \"longrope\", \"short_factor\": [1.0]}",
                "rope_scaling | {\"factor\": 2.0}",
                "rope_scaling | 2.0",
                "rope_parameters | {\"rope_type\": \"default\", \"partial_rotary_factor\": 0.5}",
                "rope_parameters | {\"full_attention\": {\"rope_type\": \"default\"}}",
                "rope_parameters | {\"rope_type\": \"default\", \"rope_theta\": 500000.0}",
                "num_key_value_heads | [2, 2]",
                "head_dim | 15",
            })
    void whatIsNotComputedIsRefusedByName(String field, String value) throws IOException {
        set(field, value);
        String named = field.equals("head_dim") ? "head" : field;
        assertThatThrownBy(this::read).isInstanceOf(ModelLoadException.class).hasMessageContaining(named);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "model_type | \"llama\"",
                "architectures | [\"LlamaForCausalLM\"]",
                "hidden_act | \"silu\"",
                "attention_bias | false",
                "mlp_bias | null",
                "attention_dropout | 0.1",
                "pretraining_tp | 2",
                "sliding_window | null",
                "sliding_window | 2048",
                "layer_types | [\"full_attention\", \"full_attention\"]",
                "partial_rotary_factor | 1.0",
                "quantization_config | null",
                "auto_map | {\"AutoTokenizer\": \"tokenization_x.X\"}",
                "pruned_heads | {}",
                "chunk_size_feed_forward | 0",
                "residual_multiplier | 1.0",
                "final_logit_softcapping | null",
                "rope_interleaved | false",
                "rope_scaling | null",
                "rope_scaling | {}",
                "rope_scaling | {\"type\": \"default\", \"rope_type\": \"default\"}",
                "rope_parameters | {\"rope_type\": \"default\", \"rope_theta\": 10000.0, \"partial_rotary_factor\": 1.0}",
                "head_dim | 32",
                "transformers_version | \"5.24.0\"",
                "is_llama_config | true",
                "temperature | 0.6",
                "_pre_quantization_dtype | \"float16\"",
                "max_window_layers | 28",
                "use_sliding_window | true",
                "use_rms_norm | true",
                "scale_attn_weights | true",
                "rope_scaling | {\"type\": \"linear\", \"factor\": 1.0}",
            })
    void whatChangesNothingPasses(String field, String value) throws IOException {
        HubConfig plain = read();
        set(field, value);
        assertThat(read()).isEqualTo(plain);
    }

    @Test
    void bothSpellingsOfTheScalingAreRead() throws IOException {
        HubConfig plain = read();
        assertThat(plain.scaling()).isEqualTo(RotaryScaling.NONE);
        set("rope_scaling", LLAMA3);
        set("rope_theta", "500000.0");
        HubConfig former = read();
        assertThat(former.scaling()).isEqualTo(new Llama3(32, 1, 4, 8_192));
        assertThat(former.dimensions().ropeTheta()).isEqualTo(500_000);
        remove("rope_scaling");
        remove("rope_theta");
        set("rope_parameters", LLAMA3.replace("{", "{\"rope_theta\": 500000.0, "));
        assertThat(read()).isEqualTo(former);
        set("rope_scaling", LLAMA3);
        assertThat(read()).isEqualTo(former);
        set("rope_scaling", LLAMA3.replace("32.0", "8.0"));
        assertThatThrownBy(this::read).hasMessageContaining("rope_parameters").hasMessageContaining("rope_scaling");
    }

    @ParameterizedTest
    @ValueSource(strings = {"factor", "low_freq_factor", "high_freq_factor", "original_max_position_embeddings"})
    void halfAScalingIsRefused(String missing) throws IOException {
        ObjectNode scaling = (ObjectNode) JSON.readTree(LLAMA3);
        set("rope_scaling", scaling.putNull(missing).toString());
        assertThatThrownBy(this::read).hasMessageContaining("rope_scaling." + missing);
        scaling.remove(missing);
        set("rope_scaling", scaling.put("beta_fast", 32).toString());
        assertThatThrownBy(this::read).hasMessageContaining("rope_scaling.beta_fast");
    }

    @Test
    void absentFieldsMeanWhatTheyMeanToTransformers() throws IOException {
        for (String field : new String[] {"rope_theta", "rms_norm_eps", "head_dim", "num_key_value_heads"}) {
            remove(field);
        }
        HubConfig config = read();
        assertThat(config.dimensions().ropeTheta()).isEqualTo(10_000);
        assertThat(config.dimensions().normEpsilon()).isEqualTo(1e-6);
        assertThat(config.dimensions().headDim()).isEqualTo(16);
        assertThat(config.dimensions().kvHeads()).isEqualTo(4);
        assertThat(config.tied()).isFalse();
    }

    private HubConfig read() {
        return HubConfig.read(folder.resolve("config.json"));
    }

    private void set(String field, String value) throws IOException {
        ObjectNode config =
                (ObjectNode) JSON.readTree(folder.resolve("config.json").toFile());
        JSON.writeValue(folder.resolve("config.json").toFile(), config.set(field, JSON.readTree(value)));
    }

    private void remove(String field) throws IOException {
        ObjectNode config =
                (ObjectNode) JSON.readTree(folder.resolve("config.json").toFile());
        config.remove(field);
        JSON.writeValue(folder.resolve("config.json").toFile(), config);
    }
}
