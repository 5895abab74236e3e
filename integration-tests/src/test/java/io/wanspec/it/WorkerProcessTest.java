package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.local.launch.JavaProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code wanspec worker} as a user starts it, beside {@code wanspec up --on-site}: it joins, is killed and comes again. */
@Timeout(600)
class WorkerProcessTest {
    private static final int TOKENS = 60;

    @TempDir
    Path folder;

    private int started;

    @Test
    void aWorkerJoinsIsKilledAndComesAgain() throws Exception {
        try (TinyCloud cloud = TinyCloud.startOnSite(30)) {
            Http http = new Http(cloud.gateway());
            List<Integer> expected = expected(http);
            Path token = token();

            Process first = worker(cloud, token);
            try {
                eventually(() -> isJoined(http));
                assertThat(Http.tokenIds(http.post(request()))).isEqualTo(expected);
                assertThat(killedInTheMiddle(http, first)).isEqualTo(expected);
            } finally {
                end(first, "KILL");
            }
            eventually(() -> !isJoined(http));
            assertThat(Http.tokenIds(http.post(request()))).isEqualTo(expected);

            Process second = worker(cloud, token);
            try {
                eventually(() -> isJoined(http));
                assertThat(Http.tokenIds(http.post(request()))).isEqualTo(expected);
            } finally {
                assertThat(end(second, "TERM")).isEqualTo(143);
            }
            eventually(() -> !isJoined(http));
        }
    }

    private static ObjectNode request() {
        return Http.chat("Tell me a story", TOKENS, 0.8, 11);
    }

    private static List<Integer> expected(Http http) throws Exception {
        ObjectNode plain = request();
        ((ObjectNode) plain.path("wanspec")).put("mode", "target-only");
        return Http.tokenIds(http.post(plain));
    }

    private static boolean isJoined(Http http) throws Exception {
        for (JsonNode draft : http.get("/healthz").path("drafts")) {
            if (draft.path("id").asText().equals("on-site")) {
                return draft.path("state").asText().equals("agreed");
            }
        }
        throw new AssertionError("the API knows no site");
    }

    private static List<Integer> killedInTheMiddle(Http http, Process worker) throws Exception {
        List<JsonNode> ends = new ArrayList<>();
        int events = 0;
        for (JsonNode event : (Iterable<JsonNode>) http.stream(request())::iterator) {
            if (++events == 4) {
                worker.destroyForcibly().waitFor();
            }
            if (event.has("wanspec")) {
                ends.add(event);
            }
        }
        return Http.tokenIds(ends.getLast());
    }

    /** What a user keeps of {@code wanspec worker token create}. */
    private Path token() throws Exception {
        Path file = folder.resolve("token");
        Process made = command(List.of("worker", "token", "create", "--name", "lab", "--site", "on-site"))
                .redirectOutput(file.toFile())
                .redirectError(folder.resolve("token.err").toFile())
                .start();
        assertThat(made.waitFor())
                .as(Files.readString(folder.resolve("token.err")))
                .isZero();
        assertThat(KeySecret.parse(Files.readString(file).strip())).isPresent();
        return file;
    }

    private Process worker(TinyCloud cloud, Path token) throws IOException {
        Path err = folder.resolve("worker" + ++started + ".err");
        return command(List.of(
                        "worker",
                        "--join",
                        cloud.gateway().resolve("/v1").toString(),
                        "--token-file",
                        token.toString(),
                        "--draft",
                        TinyCloud.model(TinyCloud.DRAFT).toString(),
                        "--target",
                        TinyCloud.model(TinyCloud.MODEL).toString()))
                .redirectOutput(folder.resolve("worker.out").toFile())
                .redirectError(err.toFile())
                .start();
    }

    private static ProcessBuilder command(List<String> arguments) throws IOException {
        JavaProgram java = JavaProgram.modelServer();
        List<String> line = new ArrayList<>(List.of(java.java().toString(), "-Xmx256m", "-cp", java.classpath()));
        line.add("io.wanspec.cli.Main");
        line.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(line);
        builder.environment().put("WANSPEC_HOME", TestHome.folder().toString());
        return builder;
    }

    private static int end(Process process, String signal) throws Exception {
        if (process.isAlive()) {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return process.exitValue();
    }

    private void eventually(Callable<Boolean> condition) throws Exception {
        for (int i = 0; i < 600; i++) {
            if (condition.call()) {
                return;
            }
            Thread.sleep(100);
        }
        Path err = folder.resolve("worker" + started + ".err");
        throw new AssertionError("it did not come about in a minute. The worker said: "
                + (Files.exists(err) ? new String(Files.readAllBytes(err), StandardCharsets.UTF_8) : "nothing"));
    }
}
