package io.wanspec.endpoints.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.ModelLoadException;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import io.wanspec.endpoints.model.weights.ReducedDraft;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A draft with bytes for weights and a part of the vocabulary says what the whole model says about that part. */
class ReducedVocabularyTest {
    private static final int LENGTH = 40;

    @TempDir
    Path folder;

    private Path whole;
    private Path bytes;
    private Path reduced;

    @BeforeEach
    void write() throws IOException {
        whole = TinyModel.writeTarget(folder.resolve("whole"), 3);
        bytes = ReducedDraft.writeWhole(whole, folder.resolve("bytes"));
        reduced = ReducedDraft.write(whole, folder.resolve("reduced"));
    }

    @ParameterizedTest
    @EnumSource
    void aColumnIsTheLogitOfItsToken(Precision precision) {
        EngineSettings settings = new EngineSettings(precision, false, 1, EngineSettings.CACHE_BYTES_DEFAULT);
        try (LanguageModel all = ModelLoader.load("all", bytes, null, settings);
                LanguageModel part = ModelLoader.load("part", reduced, null, settings)) {
            int vocabulary = all.identity().vocabulary();
            int[] proposals = ReducedDraft.proposals(vocabulary);
            assertThat(part.identity().vocabulary()).isEqualTo(vocabulary);
            float[] expected = logits(all, evenTokens(vocabulary));
            float[] found = logits(part, evenTokens(vocabulary));
            assertThat(found).hasSize(2 * proposals.length);
            for (int i = 0; i < found.length; i++) {
                int column = i % proposals.length;
                int row = i / proposals.length;
                assertThat(part.proposals().token(column)).isEqualTo(proposals[column]);
                assertThat(found[i]).isEqualTo(expected[row * vocabulary + proposals[column]]);
            }
        }
    }

    @Test
    void bytesAreCloseToTheFloatsTheyStandFor() {
        EngineSettings settings = new EngineSettings(Precision.FP32, false, 1, EngineSettings.CACHE_BYTES_DEFAULT);
        try (LanguageModel floats = ModelLoader.load("floats", whole, null, settings);
                LanguageModel rounded = ModelLoader.load("bytes", bytes, null, settings)) {
            Tokens tokens = evenTokens(floats.identity().vocabulary());
            float[] expected = logits(floats, tokens);
            float[] found = logits(rounded, tokens);
            for (int i = 0; i < found.length; i++) {
                assertThat(found[i]).isCloseTo(expected[i], within(0.3f));
            }
            assertThat(found).isNotEqualTo(expected);
        }
    }

    @Test
    void aTokenWithoutARowIsReadAsItsNeighbour() {
        try (LanguageModel part = ModelLoader.load("part", reduced, null, EngineSettings.cpuInt8())) {
            assertThat(logits(part, Tokens.of(8, 12, 31))).isEqualTo(logits(part, Tokens.of(9, 13, 30)));
            assertThat(logits(part, Tokens.of(8, 12, 31))).isNotEqualTo(logits(part, Tokens.of(9, 13, 32)));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 171, 173, 259})
    void aMapOfAnotherSizeIsRefused(int proposed) throws IOException {
        JsonMapper json = new JsonMapper();
        ObjectNode config =
                (ObjectNode) json.readTree(reduced.resolve("config.json").toFile());
        json.writeValue(reduced.resolve("config.json").toFile(), config.put("draft_vocab_size", proposed));
        assertThatThrownBy(() -> ModelLoader.load("part", reduced, null, EngineSettings.cpuInt8()))
                .isInstanceOf(ModelLoadException.class);
    }

    private static Tokens evenTokens(int vocabulary) {
        return Tokens.of(new Random(5)
                .ints(LENGTH, 0, vocabulary / 2)
                .map(half -> 2 * half)
                .toArray());
    }

    private static float[] logits(LanguageModel model, Tokens tokens) {
        try (Sequence sequence = model.open()) {
            Pass pass = sequence.append(tokens, 2);
            return java.util.Arrays.copyOf(pass.logits(), 2 * pass.vocabulary());
        }
    }
}
