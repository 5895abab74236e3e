package io.wanspec.endpoints.model.torch;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.endpoints.model.EngineSettings;
import io.wanspec.endpoints.model.GoldenLlamas;
import io.wanspec.endpoints.model.LanguageModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code tools/package-model} packs is what the model server loads. */
@Timeout(120)
class PackagedModelTest {
    private static final Path TOOL = Path.of("..", "tools", "package-model").toAbsolutePath();
    private static final GoldenLlamas.Case MODEL = GoldenLlamas.named("tied-plain");

    @TempDir
    private Path folder;

    @Test
    void aDraftWithoutATokenizerSpeaksItsTargetsVocabulary() throws Exception {
        Path target = GoldenLlamas.write(MODEL, GoldenLlamas.Form.GGUF, folder.resolve("target"));
        Path draft = GoldenLlamas.write(MODEL, GoldenLlamas.Form.HUB, Files.createDirectory(folder.resolve("draft")));
        Files.delete(draft.resolve("tokenizer.json"));
        assertThat(run("bash", TOOL.toString(), draft.toString())).contains("--tokenizer-from");

        Path packed = folder.resolve("model.tar.gz");
        String said = run(
                "bash", TOOL.toString(), "--tokenizer-from", target.toString(), draft.toString(), packed.toString());
        assertThat(packed).as(said).exists();
        Path served = Files.createDirectory(folder.resolve("served"));
        run("tar", "xzf", packed.toString(), "-C", served.toString());

        assertThat(Files.size(served.resolve("tokenizer.gguf"))).isLessThan(Files.size(target));
        assertThat(identity(served).tokenizer()).isEqualTo(identity(target).tokenizer());
    }

    private static ModelIdentity identity(Path model) {
        try (LanguageModel loaded = ModelLoader.load("model", model, null, EngineSettings.cpuInt8())) {
            return loaded.identity();
        }
    }

    private String run(String... command) throws IOException, InterruptedException {
        Path log = folder.resolve("log");
        List<String> all = new ArrayList<>(List.of(command));
        int _ = new ProcessBuilder(all)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start()
                .waitFor();
        return Files.readString(log, StandardCharsets.UTF_8);
    }
}
