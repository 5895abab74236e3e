package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.endpoints.tiny.TinyModel;
import io.wanspec.local.launch.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wanspec eval-target} as a user runs it, with a tiny model. */
class EvalTargetTest {
    @TempDir
    Path folder;

    private Path text;

    /** What a run of the command left. */
    private record Outcome(int exitCode, String out, String err) {}

    @BeforeEach
    void model() throws IOException {
        TinyModel.writeTarget(folder.resolve("target"), 7);
        text = Files.writeString(folder.resolve("text"), "Why is the sky blue, and the grass green?\n".repeat(20));
    }

    @Test
    void figuresAreOfEachWindowsSecondHalf() throws Exception {
        Outcome outcome = run("--json");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines()).hasSize(1);
        assertThat(outcome.err()).contains("reading 840 tokens twice, in 2 windows");
        JsonNode figures = new JsonMapper().readTree(outcome.out());
        assertThat(figures.path("precision").asText()).isEqualTo("rotated");
        assertThat(figures.path("tokens").asInt()).isEqualTo(840);
        assertThat(figures.path("positions").asInt()).isEqualTo(255 + 163);
        double perplexity = figures.path("perplexity").asDouble();
        assertThat(figures.path("perplexityFp32").asDouble()).isBetween(perplexity / 1.2, perplexity * 1.2);
        assertThat(perplexity).isGreaterThan(1);
        assertThat(figures.path("kld").asDouble()).isBetween(0.0, 0.001);
        assertThat(figures.path("sameTop").asDouble()).isBetween(0.95, 1.0);
    }

    @Test
    void aTableForPeople() throws Exception {
        Outcome outcome = run("--precision", "fp16");
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out())
                .contains(", fp16, beside its single precision, core: ")
                .contains("positions")
                .contains("KL divergence")
                .contains("same likeliest token");
    }

    @Test
    void aTextThatIsTooShortIsRefused() throws Exception {
        Files.writeString(text, "x\n");
        Outcome outcome = run();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err()).contains("wanspec: --text: 2 tokens are too few to judge by; name a longer text");
        assertThat(outcome.out()).isEmpty();
    }

    private Outcome run(String... arguments) throws IOException, InterruptedException {
        JavaProgram java = JavaProgram.modelServer();
        List<String> line = new ArrayList<>(List.of(java.java().toString(), "-cp", java.classpath()));
        line.addAll(List.of("io.wanspec.cli.Main", "eval-target", "--text", text.toString()));
        line.addAll(List.of("--target", folder.resolve("target").toString()));
        line.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("WANSPEC_HOME", TestHome.folder().toString());
        int exitCode = builder.start().waitFor();
        return new Outcome(exitCode, Files.readString(out), Files.readString(err));
    }
}
