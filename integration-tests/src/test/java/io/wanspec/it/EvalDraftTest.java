package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.endpoints.tiny.TinyModel;
import io.wanspec.local.launch.JavaProgram;
import io.wanspec.simulator.trace.Trace;
import io.wanspec.simulator.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wanspec eval-draft} and {@code record} as a user runs them, with tiny models. */
class EvalDraftTest {
    private static final long SEED = 7;

    @TempDir
    Path folder;

    private Path prompts;

    /** What a run of the command left. */
    private record Outcome(int exitCode, String out, String err) {}

    @BeforeEach
    void models() throws IOException {
        TinyModel.writeTarget(folder.resolve("target"), SEED);
        TinyModel.writeDraft(folder.resolve("draft"), SEED, 0.1);
        prompts = Files.writeString(folder.resolve("prompts"), "Sing a song\n\nHello ||| Hi! ||| Bye\nWhy?\n");
    }

    @Test
    void figuresAndTraceAreOfTheSameTexts() throws Exception {
        Path file = folder.resolve("trace.jsonl");
        Outcome outcome = run("eval-draft", "--json", "--max-tokens", "30", "--trace", file.toString());
        assertThat(outcome.exitCode()).as(outcome.err()).isZero();
        assertThat(outcome.out().lines()).hasSize(1);
        assertThat(outcome.err()).contains("answering 6 requests");
        JsonNode figures = new JsonMapper().readTree(outcome.out());
        assertThat(figures).hasSize(2);
        Trace trace = TraceReader.read(file);
        assertThat(trace.requests()).hasSize(6);
        assertThat(trace.header().targetPassMs().asMap()).containsOnlyKeys(1, 2, 4, 8, 16);
        for (JsonNode each : figures) {
            compare(each, trace);
        }
    }

    @Test
    void oneTemperatureIsOneObjectAndARecordingIsRepeatable() throws Exception {
        Outcome outcome = run("eval-draft", "--json", "--max-tokens", "5", "--temperature", "0.8", "--seed", "9");
        assertThat(new JsonMapper().readTree(outcome.out()).path("tokens").asInt())
                .isBetween(3, 15);
        Path first = folder.resolve("a");
        Path second = folder.resolve("b");
        assertThat(run("record", "--max-tokens", "5", "--out", first.toString()).exitCode())
                .isZero();
        assertThat(run("record", "--max-tokens", "5", "--out", second.toString())
                        .exitCode())
                .isZero();
        assertThat(TraceReader.read(second).requests())
                .isEqualTo(TraceReader.read(first).requests());
    }

    @Test
    void aPromptThatDoesNotFitIsNamed() throws Exception {
        Files.writeString(prompts, "ok\n" + "x".repeat(2_000) + "\n");
        Path file = folder.resolve("trace.jsonl");
        Outcome outcome = run("record", "--max-tokens", "100", "--out", file.toString());
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(outcome.err())
                .contains("wanspec: --prompts: line 2 has ")
                .contains("exceeds the models' context of 2048; shorten it or lower --max-tokens");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("target", "draft", "prompts");
    }

    private static void compare(JsonNode figures, Trace trace) {
        double temperature = figures.path("temperature").asDouble();
        int[] ranks = trace.requests().stream()
                .filter(request -> request.temperature() == temperature)
                .flatMapToInt(request -> Arrays.stream(request.ranks().toArray()))
                .toArray();
        long accepted = Arrays.stream(ranks).filter(rank -> rank == 0).count();
        assertThat(figures.path("prompts").asInt()).isEqualTo(3);
        assertThat(figures.path("tokens").asInt()).isEqualTo(ranks.length);
        assertThat(figures.path("acceptance").asDouble())
                .isCloseTo((double) accepted / ranks.length, within(1e-12))
                .isBetween(0.2, 0.999);
        assertThat(figures.path("rankAfterMismatch").path("mismatches").asLong())
                .isEqualTo(ranks.length - accepted);
        assertThat(figures.path("draftPassMs").asDouble()).isPositive();
    }

    private Outcome run(String command, String... arguments) throws IOException, InterruptedException {
        JavaProgram java = JavaProgram.modelServer();
        List<String> line = new ArrayList<>(List.of(java.java().toString(), "-cp", java.classpath()));
        line.addAll(List.of("io.wanspec.cli.Main", command, "--prompts", prompts.toString()));
        line.addAll(List.of("--target", folder.resolve("target").toString()));
        line.addAll(List.of("--draft", folder.resolve("draft").toString()));
        line.addAll(List.of(arguments));
        Path out = Files.createTempFile("wanspec", "out");
        Path err = Files.createTempFile("wanspec", "err");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("WANSPEC_HOME", TestHome.folder().toString());
        int exitCode = builder.start().waitFor();
        Outcome outcome = new Outcome(exitCode, Files.readString(out), Files.readString(err));
        Files.delete(out);
        Files.delete(err);
        return outcome;
    }
}
