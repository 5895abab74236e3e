package io.wanspec.local.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupervisorTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final RestartRule QUICK =
            new RestartRule(3, Duration.ofMinutes(10), Duration.ofMillis(10), Duration.ofMillis(20));

    @TempDir
    private Path folder;

    private final BlockingQueue<String> notices = new LinkedBlockingQueue<>();

    @Test
    void starts_watches_and_stops_a_server() throws Exception {
        ServerProcess server;
        try (Supervisor supervisor = new Supervisor(LIMIT, RestartRule.NEVER, notices::add)) {
            server = supervisor.start(spec("target"));
            assertThat(server.isAlive()).isTrue();
            assertThat(server.port()).isPositive();
            assertThat(supervisor.find("target")).contains(server);
        }
        assertThat(server.isAlive()).isFalse();
        assertThat(Files.readString(folder.resolve("target.log"))).contains("loading", "listening");
        assertThat(notices.poll(500, TimeUnit.MILLISECONDS))
                .as("an orderly stop is no death")
                .isNull();
    }

    @Test
    void tells_of_a_death_and_restarts_on_the_same_port_when_asked() throws Exception {
        try (Supervisor supervisor = new Supervisor(LIMIT, RestartRule.NEVER, notices::add)) {
            ServerProcess server = supervisor.start(spec("draft"));
            int port = server.port();
            long pid = server.pid();

            server.kill();
            assertThat(notices.poll(60, TimeUnit.SECONDS)).contains("draft died (exit code 137)");
            assertThat(server.isAlive()).isFalse();

            server.restart();
            assertThat(server.isAlive()).isTrue();
            assertThat(server.port()).isEqualTo(port);
            assertThat(server.pid()).isNotEqualTo(pid);

            server.restart();
            assertThat(notices.poll(500, TimeUnit.MILLISECONDS))
                    .as("a restart is no death")
                    .isNull();
        }
    }

    @Test
    void restarts_the_dead_by_itself_if_so_configured() throws Exception {
        try (Supervisor supervisor = new Supervisor(LIMIT, QUICK, notices::add)) {
            ServerProcess server = supervisor.start(spec("draft"));
            int port = server.port();
            for (int death = 0; death < 2; death++) {
                server.kill();
                assertThat(notices.poll(60, TimeUnit.SECONDS))
                        .contains("draft died (exit code 137)", "starting it again in");
                assertThat(notices.poll(60, TimeUnit.SECONDS)).contains("draft was started again");
                assertThat(server.isAlive()).isTrue();
                assertThat(server.port()).isEqualTo(port);
            }
            assertThat(supervisor.failure()).isNotDone();
        }
    }

    @Test
    void gives_up_what_dies_again_and_again_and_says_where_to_look() throws Exception {
        try (Supervisor supervisor = new Supervisor(LIMIT, QUICK, notices::add)) {
            ServerProcess server = supervisor.start(spec("target"));
            for (int death = 1; death < QUICK.failuresMax(); death++) {
                server.kill();
                assertThat(notices.poll(60, TimeUnit.SECONDS)).contains("died");
                assertThat(notices.poll(60, TimeUnit.SECONDS)).contains("started again");
            }
            server.kill();
            assertThat(supervisor.failure().get(60, TimeUnit.SECONDS))
                    .contains("target died (exit code 137), 3 times within 600 s", "target.log");
            assertThat(server.isAlive()).isFalse();
        }
    }

    @Test
    void a_start_that_fails_counts_as_a_death() throws Exception {
        Path switchedOff = folder.resolve("off");
        try (Supervisor supervisor = new Supervisor(LIMIT, QUICK, notices::add)) {
            ServerProcess server = supervisor.start(spec("target", "--fail-if", switchedOff.toString()));
            Files.createFile(switchedOff);
            server.kill();
            assertThat(supervisor.failure().get(60, TimeUnit.SECONDS))
                    .contains("its process ended with exit code 3", "3 times");
            assertThat(notices).anyMatch(notice -> notice.contains("its process ended with exit code 3"));
        }
    }

    @Test
    void nothing_is_started_again_once_closed() throws Exception {
        Supervisor supervisor = new Supervisor(LIMIT, QUICK, notices::add);
        ServerProcess server = supervisor.start(spec("target"));
        supervisor.close();
        server.restart();
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void a_server_that_fails_shows_what_it_wrote() {
        try (Supervisor supervisor = new Supervisor(LIMIT, RestartRule.NEVER, notices::add)) {
            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(() -> supervisor.start(spec("target", "--fail")))
                    .withMessageContaining("target did not start: its process ended with exit code 3")
                    .withMessageContaining("no such model")
                    .withMessageContaining("target.log");
        }
    }

    @Test
    void a_server_that_is_not_ready_in_time_is_stopped() {
        try (Supervisor supervisor = new Supervisor(Duration.ofSeconds(3), RestartRule.NEVER, notices::add)) {
            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(() -> supervisor.start(spec("target", "--mute")))
                    .withMessageContaining("not ready within 3 s");
        }
    }

    @Test
    void one_that_will_not_end_is_forced() throws Exception {
        ServerProcess server;
        try (Supervisor supervisor = new Supervisor(LIMIT, RestartRule.NEVER, notices::add)) {
            server = supervisor.start(spec("target", "--deaf"));
        }
        assertThat(server.isAlive()).isFalse();
    }

    @Test
    void the_command_pins_and_names_everything() {
        List<String> command = ServerSpec.javaCommand(
                Path.of("/jdk/bin/java"),
                "a.jar:b.jar",
                List.of("-Xmx300m"),
                List.of("Main", "--port", ServerSpec.PORT),
                Optional.of(new ServerSpec.Pin(Path.of("/usr/bin/taskset"), 1)));
        assertThat(command)
                .containsExactly(
                        "/usr/bin/taskset",
                        "-c",
                        "1",
                        "/jdk/bin/java",
                        "-Xmx300m",
                        "-cp",
                        "a.jar:b.jar",
                        "Main",
                        "--port",
                        "{port}");
    }

    private ServerSpec spec(String name, String... more) {
        List<String> main = new ArrayList<>(List.of(FakeServer.class.getName(), "--port", ServerSpec.PORT));
        main.addAll(List.of(more));
        List<String> command = ServerSpec.javaCommand(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                List.of("-Xmx32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                main,
                Optional.empty());
        return new ServerSpec(name, command, Map.of(), folder.resolve(name + ".log"));
    }
}
