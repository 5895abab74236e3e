package io.wanspec.endpoints.model.torch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.Tokens;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.endpoints.model.GoldenLlamas;
import io.wanspec.endpoints.model.GoldenLlamas.Case;
import io.wanspec.endpoints.model.GoldenLlamas.Form;
import io.wanspec.endpoints.model.LanguageModel;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.Sequence;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tiny random models say what Hugging Face transformers computed for them: with and without Llama 3's rotary scaling, tied and
 * untied, with grouped heads, at positions beyond the original context, in every form that they may be stored in.
 */
class GoldenLogitsTest {
    /** Seen: 2e-5 (transformers computes angles in single precision). Without the scaling logits are off by 0.3 and more. */
    private static final float FP32_TOLERANCE = 2e-4f;

    /**
     * Relative to the length of a row. Seen: 0.13, as errors hardly average out in matrices so small. Without the scaling it
     * is 0.4 and more from position 31 on.
     */
    private static final double INT8_TOLERANCE = 0.25;

    /** What is left is the weights' rounding. */
    private static final double ROTATED_TOLERANCE = 0.15;

    @TempDir
    Path folder;

    static Stream<Arguments> stored() {
        return GoldenLlamas.cases().stream()
                .flatMap(one -> Stream.of(Form.values()).map(form -> Arguments.of(one, form)));
    }

    @ParameterizedTest
    @MethodSource("stored")
    void singlePrecisionIsThatOfTransformers(Case expected, Form form) throws IOException {
        assertThatOfTransformers(expected, form, Precision.FP32);
    }

    /** These models' weights are exact in half precision. */
    @ParameterizedTest
    @MethodSource("stored")
    void halfPrecisionIsThatOfTransformers(Case expected, Form form) throws IOException {
        assertThatOfTransformers(expected, form, Precision.FP16);
    }

    private void assertThatOfTransformers(Case expected, Form form, Precision precision) throws IOException {
        try (LanguageModel model = load(expected, form, precision)) {
            List<float[]> rows = rows(model, expected);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.get(i))
                        .as("position " + expected.positions().get(i))
                        .containsExactly(expected.logits().get(i), within(FP32_TOLERANCE));
            }
            assertThat(greedy(model, expected)).isEqualTo(expected.greedy());
        }
    }

    @ParameterizedTest
    @MethodSource("stored")
    void bytesAreNearTransformers(Case expected, Form form) throws IOException {
        assertNearTransformers(expected, form, Precision.INT8, INT8_TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("stored")
    void bytesOfTheRotatedModelAreNearer(Case expected, Form form) throws IOException {
        assertNearTransformers(expected, form, Precision.ROTATED, ROTATED_TOLERANCE);
    }

    private void assertNearTransformers(Case expected, Form form, Precision precision, double tolerance)
            throws IOException {
        try (LanguageModel model = load(expected, form, precision)) {
            List<float[]> rows = rows(model, expected);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(relativeError(rows.get(i), expected.logits().get(i)))
                        .as("position " + expected.positions().get(i))
                        .isLessThan(tolerance);
            }
        }
    }

    /** A server that reads the scaling and one that does not must not take each other's models for the same. */
    @Test
    void theScalingIsPartOfTheIdentityAndItsSpellingIsNot() throws IOException {
        Case plain = GoldenLlamas.named("untied-plain");
        Case scaled = GoldenLlamas.named("untied-llama3");
        assertThat(identity(scaled, Form.HUB)).isEqualTo(identity(scaled, Form.HUB_V4));
        assertThat(identity(plain, Form.HUB)).isEqualTo(identity(plain, Form.HUB_V4));
        assertThat(identity(scaled, Form.HUB)).isNotEqualTo(identity(plain, Form.HUB));
    }

    private ModelIdentity identity(Case one, Form form) throws IOException {
        try (LanguageModel model = load(one, form, Precision.FP32)) {
            return model.identity();
        }
    }

    private LanguageModel load(Case expected, Form form, Precision precision) throws IOException {
        EngineSettings settings = new EngineSettings(precision, false, 1, EngineSettings.CACHE_BYTES_DEFAULT);
        return ModelLoader.load(
                "golden",
                GoldenLlamas.write(expected, form, Files.createTempDirectory(folder, "model")),
                null,
                settings);
    }

    private static List<float[]> rows(LanguageModel model, Case expected) {
        Tokens prompt = expected.prompt();
        try (Sequence sequence = model.open()) {
            Pass pass = sequence.append(prompt, prompt.size());
            return expected.positions().stream()
                    .map(position -> OneByOne.row(pass, position))
                    .toList();
        }
    }

    private static List<Integer> greedy(LanguageModel model, Case expected) {
        List<Integer> tokens = new ArrayList<>();
        try (Sequence sequence = model.open()) {
            Tokens next = expected.prompt();
            while (tokens.size() < expected.greedy().size()) {
                int token = argmax(OneByOne.row(sequence.append(next, 1), 0));
                tokens.add(token);
                next = Tokens.of(token);
            }
        }
        return tokens;
    }

    private static int argmax(float[] row) {
        int best = 0;
        for (int i = 1; i < row.length; i++) {
            best = row[i] > row[best] ? i : best;
        }
        return best;
    }

    /** Length of the difference relative to that of what is expected. */
    private static double relativeError(float[] row, float[] expected) {
        double away = 0;
        double length = 0;
        for (int i = 0; i < row.length; i++) {
            away += Math.pow(row[i] - expected[i], 2);
            length += Math.pow(expected[i], 2);
        }
        return Math.sqrt(away / length);
    }
}
