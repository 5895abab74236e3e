package io.wanspec.endpoints;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wanspec.endpoints.model.ModelLoadException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program's manners, as whoever starts it sees them. */
@Timeout(180)
class EndpointServerTest {
    private @Nullable Process process;

    @AfterEach
    void stop() {
        if (process != null) {
            process.destroyForcibly();
        }
    }

    @Test
    void saysWhereItListensAndEndsWithItsParent() throws Exception {
        Process server = start("serve", "--role", "draft", "--host", "127.0.0.1", "--port", "0", "--exit-with-parent");
        assertThat(announced(server).get("paced").booleanValue()).isFalse();
        server.getOutputStream().close();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isZero();
    }

    @Test
    void sigtermEndsIt() throws Exception {
        Process server = start("--role", "target", "--host", "127.0.0.1", "--port", "0", "--pace-pass-ms", "5");
        assertThat(announced(server).get("paced").booleanValue()).isTrue();
        server.destroy();
        assertThat(server.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(server.exitValue()).isEqualTo(128 + 15);
    }

    @Test
    void aPortThatIsTakenIsAFailure() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int status = EndpointServer.run(
                    options -> {
                        throw new AssertionError("no model is loaded for nothing");
                    },
                    "--role",
                    "target",
                    "--host",
                    "127.0.0.1",
                    "--port",
                    String.valueOf(taken.getLocalPort()));
            assertThat(status).isEqualTo(1);
        }
    }

    @Test
    void aModelThatCannotBeLoadedIsAFailure() {
        ModelSource broken = options -> {
            throw new ModelLoadException("there is no model at " + options.model());
        };
        assertThat(EndpointServer.run(broken, "--role", "target", "--host", "127.0.0.1", "--port", "0"))
                .isEqualTo(1);
    }

    @Test
    void invalidArgumentsAreAFailure() {
        ModelSource none = options -> {
            throw new AssertionError("no model is loaded for nothing");
        };
        assertThat(EndpointServer.run(none, "--role", "teacher")).isEqualTo(2);
        assertThat(EndpointServer.run(none)).isEqualTo(2);
        assertThat(EndpointServer.run(none, "--role", "draft", "--pace-pass-ms", "-3"))
                .isEqualTo(1);
        assertThat(EndpointServer.run(none, "train", "--role", "draft")).isEqualTo(1);
        assertThat(EndpointServer.run(none, "--role", "draft", "--device", "gpu"))
                .isEqualTo(1);
    }

    private Process start(String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                TwinProgram.class.getName()));
        command.addAll(List.of(args));
        Process started = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process = started;
        return started;
    }

    /** Its first line, once it is known to be true. */
    private static JsonNode announced(Process server) throws IOException, InterruptedException {
        BufferedReader output = server.inputReader();
        JsonNode line = new ObjectMapper().readTree(output.readLine());
        assertThat(line.get("event").textValue()).isEqualTo("listening");
        assertThat(line.get("model").textValue()).isEqualTo("twin-target");
        URI ping = URI.create("http://127.0.0.1:" + line.get("port").intValue() + "/ping");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<Void> pong =
                    client.send(HttpRequest.newBuilder(ping).build(), HttpResponse.BodyHandlers.discarding());
            assertThat(pong.statusCode()).isEqualTo(200);
        }
        return line;
    }
}
