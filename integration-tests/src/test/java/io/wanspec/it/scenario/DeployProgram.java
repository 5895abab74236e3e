package io.wanspec.it.scenario;

import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wanspec.it.lambda.FunctionZip;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** {@code ./wanspec deploy} as the script starts it, a process with a class path of its own: CDK is not on that of tests. */
final class DeployProgram {
    private final Path home;
    private final String classpath;

    /** @param home the WANSPEC_HOME */
    DeployProgram(Path home) throws IOException {
        this.home = home;
        Path target = FunctionZip.checkout().resolve("infra-cdk/target");
        Path libraries = target.resolve("classpath.txt");
        if (!Files.exists(libraries)) {
            abort("SKIPPED: there is no " + libraries + ". Run 'mvn verify', or 'mvn package' first");
        }
        assumeTrue(hasNode(), "SKIPPED: CDK runs in Node, and there is no node on the PATH");
        classpath = target.resolve("classes")
                + File.pathSeparator
                + Files.readString(libraries).strip();
    }

    /** What it said and how it ended. */
    record Run(int exitCode, String said) {}

    Run run(String... arguments) throws IOException, InterruptedException {
        return run(Map.of(), arguments);
    }

    Run run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Dwanspec.root=" + FunctionZip.checkout(),
                "-cp",
                classpath,
                "io.wanspec.infra.command.DeployMain"));
        command.addAll(List.of(arguments));
        Path log = Files.createTempFile(home, "deploy", ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("WANSPEC_HOME", home.toString());
        builder.environment().putAll(environment);
        int exitCode = builder.start().waitFor();
        return new Run(exitCode, Files.readString(log, StandardCharsets.UTF_8));
    }

    private static boolean hasNode() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, "node")));
    }
}
