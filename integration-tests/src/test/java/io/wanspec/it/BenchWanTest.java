package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.endpoints.tiny.TinyModel;
import io.wanspec.local.launch.JavaProgram;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wanspec bench wan} as a user runs it, with tiny models. */
class BenchWanTest {
    private static final long SEED = 7;

    @TempDir
    Path folder;

    @Test
    void measuresAndSimulatesTheSameTexts() throws Exception {
        TinyModel.writeTarget(folder.resolve("target"), SEED);
        TinyModel.writeDraft(folder.resolve("draft"), SEED, 0.1);
        JsonNode json = run("--prompts", "2", "--rtt", "20", "--max-tokens", "12", "--pace", "none", "--goal", "fast");
        assertThat(json.path("identical").asBoolean()).isTrue();
        List<String> rows = new ArrayList<>();
        for (JsonNode row : json.path("rows")) {
            rows.add(row.path("source").asText() + " " + row.path("policy").asText());
            assertThat(row.path("rttMs").asDouble()).isEqualTo(20);
            assertThat(row.path("msPerToken").asDouble()).isPositive();
            assertThat(row.path("latencyVsB1").asDouble()).isPositive();
            assertThat(row.path("targetPassesVsB1").asDouble()).isPositive();
            assertThat(row.path("requests").asInt()).isEqualTo(2);
        }
        assertThat(rows)
                .containsExactly(
                        "measured b0",
                        "measured b1",
                        "measured fast",
                        "simulated b0",
                        "simulated b1",
                        "simulated fast");
        assertThat(row(json, "b0", "busyDraftPassesVsB1")).isZero();
        assertThat(row(json, "b1", "latencyVsB1")).isEqualTo(1);
        assertThat(row(json, "fast", "wanBytesPerToken")).isPositive();
        assertThat(json.path("passes").get(0)).anySatisfy(each -> {
            assertThat(each.path("server").asText()).isEqualTo("target");
            assertThat(each.path("passes").asLong()).isPositive();
            assertThat(each.path("late").asLong()).isZero();
        });
    }

    private static double row(JsonNode json, String policy, String figure) {
        for (JsonNode row : json.path("rows")) {
            if (row.path("policy").asText().equals(policy)
                    && row.path("source").asText().equals("measured")) {
                return row.path(figure).asDouble();
            }
        }
        throw new AssertionError("no row of " + policy);
    }

    private JsonNode run(String... arguments) throws Exception {
        JavaProgram java = JavaProgram.modelServer();
        List<String> line = new ArrayList<>(List.of(java.java().toString(), "-cp", java.classpath()));
        line.addAll(List.of("io.wanspec.cli.Main", "bench", "wan", "--json"));
        line.addAll(List.of("--target", folder.resolve("target").toString()));
        line.addAll(List.of("--draft", folder.resolve("draft").toString()));
        line.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("WANSPEC_HOME", TestHome.folder().toString());
        int exitCode = builder.start().waitFor();
        assertThat(exitCode).as(Files.readString(err)).isZero();
        return new JsonMapper().readTree(Files.readString(out));
    }
}
