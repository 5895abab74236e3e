package io.wanspec.endpoints.model.program;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import io.wanspec.endpoints.model.EngineSettings.Precision;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A row gets the bits that it gets alone, however wide it is, and however many threads share a large pass. */
class SiluTest {
    private static final int ROWS = 128;

    @AfterEach
    void oneThreadForWhoComesNext() {
        JniUtils.setNumThreads(1);
    }

    @ParameterizedTest
    @CsvSource({"1536, 1", "1536, 5", "1100, 1", "1100, 3", "50, 1", "33000, 2"})
    void companyDoesNotChangeABit(int width, int threads) throws IOException {
        String engine = Engine.getEngine("PyTorch").getEngineName();
        byte[] archive = ScriptArchive.of("Llama", ProgramSource.of(Precision.ROTATED, CpuFeatures.here()));
        JniUtils.setNumThreads(threads);
        try (PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), engine);
                PtSymbolBlock block = JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false)) {
            float[] values = noise(ROWS * width);
            float[] together = silu(block, manager, values, width);
            for (int row = 0; row < ROWS; row++) {
                float[] alone = silu(block, manager, row(values, row, width), width);
                assertThat(row(together, row, width)).as("row " + row).isEqualTo(alone);
            }
        }
    }

    private static float[] silu(PtSymbolBlock block, PtNDManager manager, float[] values, int width) {
        try (PtNDManager scope = (PtNDManager) manager.newSubManager();
                IValue x = IValue.from(Tensors.of(scope, values, values.length / width, width));
                IValue result = IValueUtils.runMethod(block, "silu", x)) {
            return result.toTensor(scope).toFloatArray();
        }
    }

    private static float[] row(float[] values, int row, int width) {
        return Arrays.copyOfRange(values, row * width, (row + 1) * width);
    }

    private static float[] noise(int size) {
        Random random = new Random(1);
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = 3 * (float) random.nextGaussian();
        }
        return values;
    }
}
