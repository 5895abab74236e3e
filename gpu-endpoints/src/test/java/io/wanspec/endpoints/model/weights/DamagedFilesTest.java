package io.wanspec.endpoints.model.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.endpoints.model.ModelLoadException;
import io.wanspec.endpoints.tiny.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged file is an error in a sentence, never a crash or a hang. */
class DamagedFilesTest {
    @TempDir
    Path folder;

    @Test
    void anyCutOfASafetensorsFileIsRefused() throws IOException {
        TinyModel.writeTarget(folder, 1);
        Path file = folder.resolve("model.safetensors");
        byte[] whole = Files.readAllBytes(file);
        Random random = new Random(1);
        for (int i = 0; i < 30; i++) {
            Files.write(file, java.util.Arrays.copyOf(whole, random.nextInt(whole.length)));
            assertThatThrownBy(() -> {
                        try (Checkpoint checkpoint = new SafetensorsCheckpoint(folder)) {
                            checkpoint.read("lm_head.weight", 258, 64);
                        }
                    })
                    .isInstanceOf(ModelLoadException.class);
        }
    }

    @Test
    void noiseIsNoGguf() throws IOException {
        Random random = new Random(2);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[8 + random.nextInt(200)];
            random.nextBytes(noise);
            System.arraycopy(new byte[] {'G', 'G', 'U', 'F', 3, 0, 0, 0}, 0, noise, 0, i % 2 == 0 ? 8 : 4);
            Path file = Files.write(folder.resolve("x.gguf"), noise);
            assertThatThrownBy(() -> new GgufCheckpoint(file)).isInstanceOf(ModelLoadException.class);
        }
    }

    @Test
    void splitWeightsAreNamed() throws IOException {
        TinyModel.writeTarget(folder, 1);
        Files.move(folder.resolve("model.safetensors"), folder.resolve("model-00001-of-00002.safetensors"));
        Files.writeString(folder.resolve("model.safetensors.index.json"), "{}");
        assertThatThrownBy(() -> new SafetensorsCheckpoint(folder))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageContaining("merge them");
    }

    @Test
    void aWrongShapeIsNamed() throws IOException {
        TinyModel.writeTarget(folder, 1);
        try (Checkpoint checkpoint = new SafetensorsCheckpoint(folder)) {
            assertThat(checkpoint.has("lm_head.weight")).isTrue();
            assertThatThrownBy(() -> checkpoint.read("lm_head.weight", 258, 63))
                    .hasMessageContaining("lm_head.weight")
                    .hasMessageContaining("63");
        }
    }
}
