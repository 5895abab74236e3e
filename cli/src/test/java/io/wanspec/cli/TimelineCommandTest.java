package io.wanspec.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code wanspec timeline} of files and of an API. */
final class TimelineCommandTest {
    private static final String LINES = """
            {"type":"begin","t":0.0,"version":1,"session":"sess_1","model":"m","mode":"wanspec","goal":"economy","prompt_tokens":3,"max_tokens":4,"workers":[],"text":false}
            {"type":"note","t":1.0,"code":"worker_lost","detail":"eu: \\u001b[31mgone"}
            {"type":"end","t":2.0,"finish_reason":"stop","sources":{"remote":0,"busy":0,"lookup":0,"target":0},"dropped":0}
            """;

    @TempDir
    private Path folder;

    private CommandRuns commands;

    @BeforeEach
    void start() {
        commands = new CommandRuns(folder);
    }

    @Test
    void aFileIsDrawnInLanes() throws Exception {
        Path file = Files.writeString(folder.resolve("session.jsonl"), LINES);
        assertThat(commands.run("timeline", file.toString())).as(commands.err()).isZero();
        assertThat(commands.out())
                .contains("sess_1: m, wanspec", "target passes", "worker lost: eu: [31mgone", "ended: stop")
                .doesNotContain("\u001b");
    }

    @Test
    void aFileBecomesAPage() throws Exception {
        Path file = Files.writeString(folder.resolve("session.jsonl"), LINES);
        Path page = folder.resolve("session.html");
        assertThat(commands.run("timeline", file.toString(), "--html", page.toString()))
                .as(commands.err())
                .isZero();
        assertThat(commands.out()).contains("Written: " + page);
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("sess_1");
        assertThat(commands.run(
                        "timeline",
                        file.toString(),
                        "--html",
                        folder.resolve("no/such").toString()))
                .isEqualTo(ExitCodes.FAILED);
        assertThat(commands.err()).contains("cannot be written");
    }

    @Test
    void aSessionIsAskedOfAnApiWithItsKey() throws Exception {
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            boolean there = exchange.getRequestURI().getPath().contains("sess_1");
            byte[] body = (there ? LINES : "{\"error\":\"none\"}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(there ? 200 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        api.start();
        try {
            String uri = "http://127.0.0.1:" + api.getAddress().getPort() + "/v1";
            Path key = Files.writeString(folder.resolve("key"), "wsk_secret\n");
            assertThat(commands.run("timeline", "sess_1", "--api", uri, "--key-file", key.toString()))
                    .as(commands.err())
                    .isZero();
            assertThat(commands.out()).contains("ended: stop").doesNotContain("wsk_");
            assertThat(commands.run("timeline", "sess_2", "--api", uri)).isEqualTo(ExitCodes.FAILED);
            assertThat(commands.err()).contains("answered 404", "none");
            assertThat(asked)
                    .containsExactly(
                            "/v1/wanspec/sessions/sess_1/timeline Bearer wsk_secret",
                            "/v1/wanspec/sessions/sess_2/timeline null");
        } finally {
            api.stop(0);
        }
    }

    @Test
    void whatIsNoTimelineIsSaidToBeNone() throws Exception {
        Path file = Files.writeString(folder.resolve("other.txt"), "Hello\n");
        assertThat(commands.run("timeline", file.toString())).isEqualTo(ExitCodes.FAILED);
        assertThat(commands.err()).contains("has no events of a timeline", "docs/timeline.md");
        assertThat(commands.run("timeline", "no such/file")).isEqualTo(ExitCodes.USAGE);
        assertThat(commands.err()).contains("a file that is there, or a session's id");
        assertThat(commands.run("timeline", "sess_1", "--columns", "5")).isEqualTo(ExitCodes.USAGE);
    }
}
