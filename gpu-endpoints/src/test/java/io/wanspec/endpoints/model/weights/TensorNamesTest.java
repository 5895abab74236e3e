package io.wanspec.endpoints.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.endpoints.model.GoldenLlamas;
import io.wanspec.endpoints.model.ModelLoadException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A tensor that the program would leave out is refused by its name; so is a head that is said to be the embedding, and is not. */
class TensorNamesTest {
    private static final String CONFIG = """
            {"model_type": "llama", "num_hidden_layers": 1, "hidden_size": 4, "num_attention_heads": 2, "vocab_size": 3,
             "intermediate_size": 4, "max_position_embeddings": 8, "tie_word_embeddings": TIED}""";
    private static final String EMBEDDING = "model.embed_tokens.weight";
    private static final String HEAD = "lm_head.weight";

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "model.layers.0.self_attn.q_proj.bias",
                "model.layers.0.self_attn.q_norm.weight",
                "model.layers.0.mlp.experts.0.gate_proj.weight",
                "model.layers.1.input_layernorm.weight",
                "model.layers.0.pre_feedforward_layernorm.weight",
                "d2t",
                "some_scale"
            })
    void anUnknownTensorIsRefused(String name) throws IOException {
        write("true", embedding().floats(name, new float[1], 1));
        assertThatThrownBy(this::open).isInstanceOf(ModelLoadException.class).hasMessageContaining(name);
    }

    @Test
    void tablesThatEverybodyComputesAnewPass() throws IOException {
        write("true", embedding().floats("model.layers.0.self_attn.rotary_emb.inv_freq", new float[1], 1));
        open();
    }

    @Test
    void aHeadOfItsOwnMustNotBeTied() throws IOException {
        write("true", embedding().floats(HEAD, new float[12], 3, 4));
        open();
        float[] other = new float[12];
        other[11] = 1;
        write("true", embedding().floats(HEAD, other, 3, 4));
        assertThatThrownBy(this::open)
                .hasMessageContaining("tie_word_embeddings")
                .hasMessageContaining(HEAD);
        write("false", embedding().floats(HEAD, other, 3, 4));
        open();
    }

    @Test
    void equalBytesOfDifferentScalesAreNotTied() throws IOException {
        float[] values = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
        write("true", new SafetensorsWriter().bytes(EMBEDDING, values, 3).bytes(HEAD, values, 3));
        open();
        float[] doubled = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            doubled[i] = 2 * values[i];
        }
        write("true", new SafetensorsWriter().bytes(EMBEDDING, values, 3).bytes(HEAD, doubled, 3));
        assertThatThrownBy(this::open).hasMessageContaining("tie_word_embeddings");
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "null"})
    void withoutAHeadTheModelMustBeTied(String tied) throws IOException {
        write(tied, embedding());
        assertThatThrownBy(this::open).hasMessageContaining(HEAD).hasMessageContaining("tie_word_embeddings");
    }

    @Test
    void anUnknownTensorOfAGgufFileIsRefused() throws IOException {
        Path file = GoldenLlamas.write(GoldenLlamas.cases().getFirst(), GoldenLlamas.Form.GGUF, folder);
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains("blk.1.ffn_up.weight");
        Path changed = Files.writeString(
                folder.resolve("changed.gguf"),
                bytes.replace("blk.1.ffn_up.weight", "blk.1.attn_q.biases"),
                StandardCharsets.ISO_8859_1);
        assertThatThrownBy(() -> new GgufCheckpoint(changed)).hasMessageContaining("blk.1.attn_q.biases");
    }

    private static SafetensorsWriter embedding() {
        return new SafetensorsWriter().floats(EMBEDDING, new float[12], 3, 4);
    }

    private void write(String tied, SafetensorsWriter weights) throws IOException {
        Files.writeString(folder.resolve("config.json"), CONFIG.replace("TIED", tied));
        weights.write(folder);
    }

    private void open() {
        new SafetensorsCheckpoint(folder).close();
    }
}
