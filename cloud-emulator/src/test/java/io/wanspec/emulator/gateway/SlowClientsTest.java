package io.wanspec.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.http.ConnectionLimits;
import io.wanspec.contracts.http.EdgeError;
import java.io.IOException;
import java.io.InputStream;
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
            assertThat(send(
                            gateway,
                            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n"
                                    + "Expect: 100-continue\r\n\r\n"))
                    .startsWith("HTTP/1.1 413 ")
                    .containsOnlyOnce("HTTP/1.1 ")
                    .contains("connection: close", "x-request-id: req_")
                    .endsWith(EdgeError.bodyTooLarge().json());
        }
    }

    @Test
    void lineEndsBehindABodyBeginNoRequest() throws IOException {
        try (Gateway gateway = gateway(SHORT, LONG, SHORT.multipliedBy(2), 9)) {
            assertThat(send(gateway, RawHttp.get("/echo") + "\r\n")).containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @Test
    void silentConnectionsAreClosedWithoutAWord() throws IOException {
        try (Gateway gateway = gateway(SHORT, LONG, SHORT, 9)) {
            assertThat(send(gateway, "")).isEmpty();
            assertThat(send(gateway, RawHttp.get("/echo"))).containsOnlyOnce("HTTP/1.1 ");
        }
    }

    /** Whatever is shorter than what its function takes. */
    @Test
    void whoWaitsForAnAnswerMayBeSilent() throws Exception {
        try (Gateway gateway = gateway(SHORT, SHORT, SHORT, 9);
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(), gateway.uri().getPort())) {
            socket.getOutputStream().write(RawHttp.get("/sse").getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < 3; i++) {
                Thread.sleep(SHORT.toMillis());
                function.leave.release(100);
            }
            socket.getOutputStream().write("GET /echo HTTP".getBytes(StandardCharsets.US_ASCII));
            function.leave.release(1_000);
            InputStream answer = socket.getInputStream();
            assertThat(new String(answer.readAllBytes(), StandardCharsets.US_ASCII))
                    .contains("data: 999\n\n\r\n0\r\n\r\nHTTP/1.1 408 ");
        }
    }

    @Test
    void whatIsOneTooManyIsToldSoAndWhatIsFarTooManyIsClosed() throws Exception {
        try (Gateway gateway = gateway(LONG, LONG, LONG, 2)) {
            List<Socket> held = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                held.add(new Socket(
                        InetAddress.getLoopbackAddress(), gateway.uri().getPort()));
            }
            try (Socket third =
                    new Socket(InetAddress.getLoopbackAddress(), gateway.uri().getPort())) {
                assertThat(send(gateway, "")).isEmpty();
                assertThat(new String(third.getInputStream().readAllBytes(), StandardCharsets.US_ASCII))
                        .startsWith("HTTP/1.1 503 ")
                        .contains("retry-after: 1")
                        .endsWith(EdgeError.tooManyConnections().json());
            }
            for (Socket socket : held) {
                socket.close();
            }
            while (!isServed(gateway)) {
                Thread.sleep(20);
            }
        }
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
