package io.wanspec.endpoints.model.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import io.wanspec.endpoints.model.GoldenLlamas;
import io.wanspec.endpoints.model.GoldenLlamas.Case;
import io.wanspec.endpoints.model.GoldenLlamas.Form;
import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.weights.Checkpoint;
import io.wanspec.endpoints.model.weights.RotatedCheckpoint;
import io.wanspec.endpoints.model.weights.SafetensorsCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rotating the weights of a model does not change what it computes, in single precision up to rounding: the embedding tied or not. */
class RotatedModelTest {
    private static final int TOKENS = 8;

    /** Of logits of some units; seen: 1e-5. */
    private static final float TOLERANCE = 2e-4f;

    @TempDir
    Path folder;

    static Stream<Case> models() {
        return GoldenLlamas.cases().stream();
    }

    @ParameterizedTest
    @MethodSource("models")
    void itIsTheSameFunction(Case model) throws IOException {
        Path files = GoldenLlamas.write(model, Form.HUB, Files.createTempDirectory(folder, "model"));
        try (Checkpoint plain = new SafetensorsCheckpoint(files)) {
            float[] expected = logits(plain, model);
            assertThat(logits(new RotatedCheckpoint(plain), model)).containsExactly(expected, within(TOLERANCE));
        }
    }

    private static float[] logits(Checkpoint checkpoint, Case model) {
        int[] tokens = Arrays.copyOf(model.prompt().toArray(), TOKENS);
        try (LlamaProgram program = new LlamaProgram(checkpoint, EngineSettings.cpu(Precision.FP32));
                KeyValueCache cache = program.newCache(LlamaProgram.CAPACITY_STEP)) {
            Pass pass = program.run(program.chain(tokens, 0, cache, TOKENS));
            return Arrays.copyOf(pass.logits(), TOKENS * pass.vocabulary());
        }
    }
}
