package io.wanspec.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.http.ConnectionLimits;
import io.wanspec.contracts.http.EdgeError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not send what they began, or nothing at all, and too many of them. */
@Timeout(180)
final class SlowClientsTest {
    private static final String TOO_LARGE =
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\nExpect: 100-continue\r\n\r\n";

    private static final Duration LONG = Duration.ofMinutes(10);

    /** Longer than a busy machine keeps a client from sending what it has connected for. */
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final TestFunction function = new TestFunction();

    SlowClientsTest() throws IOException {}

    @AfterEach
    void close() {
        function.close();
    }

    private Gateway gateway(Duration head, Duration body, Duration idle, int connections) {
        return Gateway.open(
                GatewaySettings.of(0, function.uri()).bearing(new ConnectionLimits(head, body, idle, connections)));
    }

    private static String send(Gateway gateway, String request) throws IOException {
        return RawHttp.exchange(gateway.uri().getPort(), request);
    }

    @Test
    void halfAHeadIsAnswered408() throws IOException {
        try (Gateway gateway = gateway(SHORT, LONG, LONG, 9)) {
            assertThat(send(gateway, "GET /echo HTTP/1.1\r\nHost: loc"))
                    .startsWith("HTTP/1.1 408 ")
                    .contains("connection: close", "x-request-id: req_")
                    .endsWith(EdgeError.tooSlow().json());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 100\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n5\r\n{"})
    void halfABodyIsAnswered408(String rest) throws IOException {
        try (Gateway gateway = gateway(LONG, SHORT, LONG, 9)) {
            assertThat(send(gateway, "POST /echo HTTP/1.1\r\nHost: localhost\r\n" + rest))
                    .startsWith("HTTP/1.1 408 ")
                    .endsWith(EdgeError.tooSlow().json());
        }
    }

    /** The next request on a connection that was kept would read a second answer as its own. */
    @Test
    void whatIsRefusedBeforeItsBodyCameIsAnsweredOnce() throws IOException {
        try (Gateway gateway = gateway(LONG, SHORT, LONG, 9)) {
            assertThat(send(gateway, TOO_LARGE))
                    .startsWith("HTTP/1.1 413 ")
                    .containsOnlyOnce("HTTP/1.1 ")
                    .contains("connection: close", "x-request-id: req_")
                    .endsWith(EdgeError.bodyTooLarge().json());
        }
    }

    @Test
    void lineEndsBehindARequestBeginNone() throws IOException {
        try (Gateway gateway = gateway(LONG, LONG, SHORT, 9);
                Socket socket = asking(gateway, RawHttp.get("/sse"))) {
            function.leave.release(1);
            assertThat(socket.getInputStream().read()).isEqualTo('H');
            socket.getOutputStream().write("\r\n".getBytes(StandardCharsets.US_ASCII));
            function.leave.release(1_000);
            assertThat(read(socket)).endsWith("data: 999\n\n\r\n0\r\n\r\n");
        }
    }

    @Test
    void silentConnectionsAreClosedWithoutAWord() throws IOException {
        try (Gateway gateway = gateway(SHORT, LONG, LONG, 9)) {
            assertThat(send(gateway, "")).isEmpty();
        }
        try (Gateway gateway = gateway(LONG, LONG, SHORT, 9)) {
            assertThat(send(gateway, RawHttp.get("/echo"))).containsOnlyOnce("HTTP/1.1 ");
        }
    }

    /** Whatever is shorter than what its function takes. */
    @Test
    void whoWaitsForAnAnswerMayBeSilent() throws Exception {
        String half = "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{";
        try (Gateway gateway = gateway(LONG, SHORT, SHORT, 9);
                Socket socket = asking(gateway, RawHttp.get("/sse") + half)) {
            for (int i = 0; i < 3; i++) {
                Thread.sleep(SHORT.toMillis());
                function.leave.release(100);
            }
            function.leave.release(1_000);
            assertThat(read(socket)).contains("data: 999\n\n\r\n0\r\n\r\nHTTP/1.1 408 ");
        }
    }

    @Test
    void whatIsOneTooManyIsToldSoAndWhatIsFarTooManyIsClosed() throws Exception {
        try (Gateway gateway = gateway(LONG, LONG, LONG, 2)) {
            try (Socket first = served(gateway);
                    Socket second = served(gateway)) {
                assertThat(List.of(first, second)).noneMatch(Socket::isClosed);
                List<String> answers = new ArrayList<>();
                // Those that were told linger for a while, and as long as they do the next are closed.
                while (!answers.contains("")) {
                    try (Socket third = asking(gateway, "");
                            Socket fourth = asking(gateway, "")) {
                        answers.add(read(third));
                        answers.add(read(fourth));
                    }
                }
                assertThat(answers)
                        .filteredOn(answer -> !answer.isEmpty())
                        .isNotEmpty()
                        .allSatisfy(answer -> assertThat(answer)
                                .startsWith("HTTP/1.1 503 ")
                                .contains("retry-after: 1")
                                .endsWith(EdgeError.tooManyConnections().json()));
            }
            while (!isServed(gateway)) {
                Thread.sleep(20);
            }
        }
    }

    private static Socket asking(Gateway gateway, String request) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.uri().getPort());
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** One that counts: which of several is one too many, is settled among the gateway's threads. */
    private static Socket served(Gateway gateway) throws IOException {
        Socket socket = asking(gateway, RawHttp.get("/echo"));
        assertThat(socket.getInputStream().read()).isEqualTo('H');
        return socket;
    }

    private static String read(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }

    /** Not as long as those that were refused linger. */
    private static boolean isServed(Gateway gateway) {
        try {
            return send(gateway, RawHttp.get("/echo", "connection: close")).startsWith("HTTP/1.1 201 ");
        } catch (IOException e) {
            return false;
        }
    }
}
