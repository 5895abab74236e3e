package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.endpoints.tiny.TinyModel;
import io.wanspec.local.launch.JavaProgram;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code wanspec up} as a user starts it: a process of processes. However it ends, nothing is left. */
@Timeout(600)
class UpProcessTest {
    private static final Pattern PROCESS = Pattern.compile("\\s*(\\S.*?): .*\\(process (\\d+)\\)");

    @TempDir
    Path folder;

    private record Running(Process up, List<ProcessHandle> parts) {}

    @ParameterizedTest(name = "SIG{0}")
    @CsvSource({"TERM, 143", "INT, 130", "KILL, 137"})
    void aSignalEndsEverything(String signal, int exitCode) throws Exception {
        Running running = start();
        assertThat(running.parts()).hasSize(5).allMatch(ProcessHandle::isAlive);
        assertThat(new ProcessBuilder(
                                "kill", "-" + signal, Long.toString(running.up().pid()))
                        .start()
                        .waitFor())
                .isZero();
        assertThat(running.up().waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(running.up().exitValue()).isEqualTo(exitCode);
        assertAllEnd(running);
    }

    @Test
    void aServerThatDiesAgainAndAgainEndsIt() throws Exception {
        Running running = start();
        ProcessHandle launcher = running.up().toHandle();
        while (!running.up().waitFor(100, TimeUnit.MILLISECONDS)) {
            launcher.children().filter(UpProcessTest::isTarget).forEach(ProcessHandle::destroyForcibly);
        }
        assertThat(running.up().exitValue()).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("err")))
                .contains("starting it again in")
                .contains("times within 120 s, and is not started again. Its log: ");
        assertAllEnd(running);
    }

    /** As Linux tells: Java's own view leaves out a command line as long as a class path makes it. */
    private static boolean isTarget(ProcessHandle process) {
        return commandLine(process).contains("--role\0target\0");
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException ended) {
            return "";
        }
    }

    private static void assertAllEnd(Running running) throws Exception {
        for (ProcessHandle part : running.parts()) {
            part.onExit().get(2, TimeUnit.MINUTES);
        }
        String data = "run-" + running.up().pid() + "-";
        try (Stream<Path> runs = Files.list(TestHome.folder().resolve("aws-emulator/runs"))) {
            assertThat(runs.map(run -> run.getFileName().toString())).noneMatch(run -> run.startsWith(data));
        }
    }

    private Running start() throws Exception {
        Path target = TinyModel.writeTarget(folder.resolve("target"), 7);
        Path draft = TinyModel.writeDraft(folder.resolve("draft"), 7, 0.1);
        JavaProgram java = JavaProgram.modelServer();
        // Whoever runs this in the background may have had SIGINT ignored, which a process inherits.
        List<String> line = new ArrayList<>(List.of("env", "--default-signal=INT"));
        line.addAll(List.of(java.java().toString(), "-Xmx256m", "-cp", java.classpath()));
        line.addAll(List.of("io.wanspec.cli.Main", "up", "--wait-for-drafts", "--port", "0"));
        line.addAll(List.of("--target", target.toString(), "--draft", draft.toString()));
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectError(folder.resolve("err").toFile());
        builder.environment().put("WANSPEC_HOME", TestHome.folder().toString());
        Process up = builder.start();
        return new Running(up, parts(up));
    }

    /** The processes that it names once it is up. */
    private List<ProcessHandle> parts(Process up) throws IOException {
        List<ProcessHandle> parts = new ArrayList<>();
        BufferedReader lines = up.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher part = PROCESS.matcher(line);
            if (part.matches()) {
                parts.add(ProcessHandle.of(Long.parseLong(part.group(2))).orElseThrow());
            }
            if (line.startsWith("Ctrl-C")) {
                return parts;
            }
        }
        throw new AssertionError("it did not come up: " + Files.readString(folder.resolve("err")));
    }
}
