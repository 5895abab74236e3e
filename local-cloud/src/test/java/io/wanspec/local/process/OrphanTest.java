package io.wanspec.local.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However the parent ends, its servers end. */
final class OrphanTest {
    private static final List<String> FLAGS = List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "killed outright: {0}")
    @ValueSource(booleans = {false, true})
    void a_parent_that_ends_takes_its_servers_with_it(boolean outright) throws Exception {
        Process parent = new ProcessBuilder(java(List.of(Parent.class.getName(), folder.toString()))).start();
        try (BufferedReader lines = parent.inputReader()) {
            ProcessHandle server =
                    ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
            assertThat(server.isAlive()).isTrue();
            if (outright) {
                parent.destroyForcibly();
            } else {
                parent.destroy();
            }
            server.onExit().get(60, TimeUnit.SECONDS);
            assertThat(server.isAlive()).isFalse();
            assertThat(parent.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }

    @Test
    void the_stop_of_nothing_is_quiet() {
        new Supervisor(Duration.ofSeconds(1), RestartRule.NEVER, _ -> {}).close();
    }

    private static List<String> java(List<String> main) {
        return ServerSpec.javaCommand(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                FLAGS,
                main,
                Optional.empty());
    }

    /** Starts a server, writes its process id, waits. */
    public static final class Parent {
        private Parent() {}

        @SuppressWarnings("SystemOut")
        public static void main(String... arguments) throws Exception {
            List<String> command = java(List.of(FakeServer.class.getName(), "--port", ServerSpec.PORT));
            Supervisor supervisor = new Supervisor(Duration.ofSeconds(60), RestartRule.STANDARD, _ -> {});
            ServerProcess server =
                    supervisor.start(new ServerSpec("server", command, Map.of(), Path.of(arguments[0], "server.log")));
            System.out.println(server.pid());
            Thread.sleep(Duration.ofMinutes(5));
        }
    }
}
