package io.wanspec.functions.edge;

import static io.wanspec.functions.edge.RawSocket.post;
import static io.wanspec.functions.edge.RawSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.wanspec.contracts.http.EdgeError;
import io.wanspec.functions.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Clients that do not send what they began, or nothing at all, and too many of them. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class SlowRequestsTest {
    private static final String HEAD = "wanspec.http.head-timeout";
    private static final String BODY = "wanspec.http.body-timeout";
    private static final String IDLE = "wanspec.http.idle-timeout";

    /** Longer than a busy machine keeps a client from sending what it has connected for. */
    private static final String SHORT = "2s";

    private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

    @BeforeEach
    void listen() {
        logged.start();
        root().addAppender(logged);
    }

    @AfterEach
    void nothingWasWrongHere() {
        root().detachAppender(logged);
        assertThat(logged.list)
                .filteredOn(line -> line.getLevel().isGreaterOrEqual(Level.WARN) && line.getThrowableProxy() != null)
                .isEmpty();
    }

    private static Logger root() {
        return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static String send(Stage stage, String bytes) throws IOException {
        return RawSocket.exchange(stage.server.getPort(), bytes);
    }

    @Test
    void halfAHeadIsAnswered408() throws Exception {
        try (Stage stage = new Stage(Map.of(HEAD, SHORT)).ready()) {
            assertThat(send(stage, "POST /v1/chat/completions HTTP/1.1\r\nHost: loc"))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("connection: close", "x-request-id: req_")
                    .endsWith(EdgeError.tooSlow().json());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100", "Content-Length: 1000000", "Transfer-Encoding: chunked"})
    void halfABodyIsAnswered408(String length) throws Exception {
        try (Stage stage = new Stage(Map.of(BODY, "300ms")).ready()) {
            String begun = request("POST /v1/completions HTTP/1.1", "Content-Type: application/json", length);
            assertThat(send(stage, begun + "5\r\n{"))
                    .startsWith("HTTP/1.1 408 ")
                    .endsWith(EdgeError.tooSlow().json());
        }
    }

    /** The next request on a connection that was kept would read a second answer as its own. */
    @Test
    void whatIsRefusedBeforeItsBodyCameIsAnsweredOnce() throws Exception {
        try (Stage stage = new Stage(Map.of(BODY, SHORT)).ready()) {
            assertThat(send(
                            stage,
                            request(
                                    "POST /v1/nothing HTTP/1.1",
                                    "Content-Type: application/json",
                                    "Content-Length: 1000000")))
                    .startsWith("HTTP/1.1 4")
                    .doesNotStartWith("HTTP/1.1 408 ")
                    .containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @Test
    void silentConnectionsAreClosedWithoutAWord() throws Exception {
        try (Stage stage = new Stage(Map.of(HEAD, SHORT)).ready()) {
            assertThat(send(stage, "")).isEmpty();
        }
        try (Stage stage = new Stage(Map.of(IDLE, SHORT)).ready()) {
            assertThat(send(stage, request("GET /livez HTTP/1.1"))).containsOnlyOnce("HTTP/1.1 ");
        }
    }

    /** The target takes longer than a client may be slow. */
    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void whoWaitsForAnAnswerMayBeSilent(String stream) throws Exception {
        try (Stage stage = new Stage(Map.of(BODY, SHORT, IDLE, SHORT)).ready()) {
            stage.target.passMillis = 300;
            String body =
                    "{\"model\": \"toy-target\", \"prompt\": \"Once\", \"max_tokens\": 10, \"seed\": 1, \"stream\": "
                            + stream + ", \"wanspec\": {\"mode\": \"target-only\"}}";

            assertThat(send(stage, post("1.1", "/v1/completions", body)))
                    .startsWith("HTTP/1.1 200 ")
                    .contains("\"finish_reason\":\"length\"");
        }
    }

    @Test
    void whatIsOneTooManyIsToldSo() throws Exception {
        try (Stage stage = new Stage(Map.of("wanspec.http.max-connections", 16)).ready()) {
            List<Socket> held = new ArrayList<>();
            for (int i = 0; i < 17; i++) {
                held.add(new Socket(InetAddress.getLoopbackAddress(), stage.server.getPort()));
            }
            // Which of them it is, is settled among the server's threads.
            assertThat(read(refused(held)))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("retry-after: 1")
                    .endsWith(EdgeError.tooManyConnections().json());
            for (Socket socket : held) {
                socket.close();
            }
            while (!isServed(stage)) {
                Thread.sleep(20);
            }
        }
    }

    private static Socket refused(List<Socket> held) throws Exception {
        while (true) {
            for (Socket socket : held) {
                if (socket.getInputStream().available() > 0) {
                    return socket;
                }
            }
            Thread.sleep(20);
        }
    }

    private static String read(Socket socket) throws IOException {
        socket.setSoTimeout(20_000);
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /** Not as long as those that were refused linger. */
    private static boolean isServed(Stage stage) {
        try {
            return send(stage, request("GET /livez HTTP/1.1", "Connection: close"))
                    .startsWith("HTTP/1.1 200 ");
        } catch (IOException e) {
            return false;
        }
    }
}
