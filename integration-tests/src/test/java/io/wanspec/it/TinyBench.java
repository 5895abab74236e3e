package io.wanspec.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.endpoints.tiny.TinyModel;
import io.wanspec.local.launch.JavaProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs {@code wanspec bench} as a user does, with tiny models. */
record TinyBench(Path folder) {
    private static final long SEED = 7;

    /** A draft that is right about two times in three. */
    private static final double NOISE = 0.1;

    /**
     * What a command has left.
     *
     * @param json of its standard output
     * @param progress its standard error
     */
    record Ended(int exitCode, JsonNode json, String progress) {}

    Ended run(String command, String... arguments) throws IOException, InterruptedException {
        TinyModel.writeTarget(folder.resolve("target"), SEED);
        TinyModel.writeDraft(folder.resolve("draft"), SEED, NOISE);
        JavaProgram java = JavaProgram.modelServer();
        List<String> line = new ArrayList<>(List.of(java.java().toString(), "-cp", java.classpath()));
        line.addAll(List.of("io.wanspec.cli.Main", "bench", command, "--json"));
        line.addAll(List.of("--target", folder.resolve("target").toString()));
        line.addAll(List.of("--draft", folder.resolve("draft").toString()));
        line.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().put("WANSPEC_HOME", TestHome.folder().toString());
        int exitCode = builder.start().waitFor();
        return new Ended(exitCode, new JsonMapper().readTree(Files.readString(out)), Files.readString(err));
    }
}
