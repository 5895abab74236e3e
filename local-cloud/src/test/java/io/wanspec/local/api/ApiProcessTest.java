package io.wanspec.local.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.process.RestartRule;
import io.wanspec.local.process.ServerProcess;
import io.wanspec.local.process.ServerSpec;
import io.wanspec.local.process.Supervisor;
import java.io.BufferedReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The API as a real process, with endpoints that are not there. */
final class ApiProcessTest {
    private static final Map<String, Object> PROPERTIES = Map.of(
            "wanspec.target.region", "us-east-1",
            "wanspec.target.endpoint", "target",
            "wanspec.target.endpoint-override", "http://127.0.0.1:1",
            "wanspec.workers",
                    List.of(Map.of(
                            "id", "remote",
                            "region", "us-west-2",
                            "endpoint", "draft",
                            "endpoint-override", "http://127.0.0.1:1")));

    @TempDir
    private Path folder;

    @Test
    void it_serves_with_the_settings_it_was_given_and_comes_back_at_the_same_address() throws Exception {
        try (Supervisor supervisor = supervisor()) {
            ServerProcess api = supervisor.start(spec(folder));
            URI before = api.uri();
            assertHealthTellsOfTheWorker(before);

            api.restart();
            assertThat(api.uri()).isEqualTo(before);
            assertHealthTellsOfTheWorker(before);
        }
    }

    @ParameterizedTest(name = "killed outright: {0}")
    @ValueSource(booleans = {false, true})
    void a_parent_that_ends_takes_it_along(boolean outright) throws Exception {
        Process parent = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Parent.class.getName(),
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader lines = parent.inputReader()) {
            ProcessHandle api =
                    ProcessHandle.of(Long.parseLong(lines.readLine())).orElseThrow();
            if (outright) {
                parent.destroyForcibly();
            } else {
                parent.destroy();
            }
            api.onExit().get(60, TimeUnit.SECONDS);
            assertThat(parent.waitFor(60, TimeUnit.SECONDS)).isTrue();
        } finally {
            parent.destroyForcibly();
        }
    }

    private static void assertHealthTellsOfTheWorker(URI api) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> health =
                    client.send(HttpRequest.newBuilder(api.resolve("/healthz")).build(), BodyHandlers.ofString());
            assertThat(health.statusCode()).isEqualTo(503);
            assertThat(health.body()).contains("\"remote\"", "us-west-2", "\"since\"");
        }
    }

    private static Supervisor supervisor() {
        return new Supervisor(Duration.ofMinutes(3), RestartRule.STANDARD, _ -> {});
    }

    private static ServerSpec spec(Path folder) throws Exception {
        WanspecHome home = new WanspecHome(folder);
        Files.createDirectories(home.classes());
        return ApiSpec.of(home, PROPERTIES);
    }

    /** Starts an API, writes its process id, waits. */
    public static final class Parent {
        private Parent() {}

        @SuppressWarnings("SystemOut")
        public static void main(String... arguments) throws Exception {
            System.out.println(supervisor().start(spec(Path.of(arguments[0]))).pid());
            Thread.sleep(300_000);
        }
    }
}
