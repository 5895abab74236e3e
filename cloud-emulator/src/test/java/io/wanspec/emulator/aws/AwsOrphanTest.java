package io.wanspec.emulator.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the parent ends, the emulator and its data end. */
final class AwsOrphanTest {
    @TempDir
    private Path folder;

    @ParameterizedTest(name = "killed outright: {0}")
    @ValueSource(booleans = {false, true})
    void a_parent_that_ends_takes_the_emulator_with_it(boolean outright) throws Exception {
        AwsProgram program = SharedAwsEmulator.program();
        Process parent = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        program.python().toString(),
                        program.site().toString(),
                        folder.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = parent.inputReader()) {
            ProcessHandle emulator =
                    ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
            assertThat(emulator.isAlive()).isTrue();
            if (outright) {
                parent.destroyForcibly();
            } else {
                parent.destroy();
            }
            emulator.onExit().get(60, TimeUnit.SECONDS);
            assertThat(parent.waitFor(60, TimeUnit.SECONDS)).isTrue();
            try (Stream<Path> runs = Files.list(folder.resolve("runs"))) {
                assertThat(runs).isEmpty();
            }
        } finally {
            parent.destroyForcibly();
        }
    }

    /** Starts an emulator, writes its process id, waits. */
    public static final class Parent {
        private Parent() {}

        @SuppressWarnings("SystemOut")
        public static void main(String... arguments) throws Exception {
            Path folder = Path.of(arguments[2]);
            AwsProgram program = new AwsProgram(Path.of(arguments[0]), Path.of(arguments[1]), folder.resolve("runs"));
            AwsEmulator aws = AwsEmulator.start(program, 0, folder.resolve("aws.log"));
            System.out.println(aws.pid());
            Thread.sleep(300_000);
        }
    }
}
