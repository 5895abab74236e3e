package io.wanspec.functions.edge;

import static io.wanspec.functions.LifecycleTest.eventually;
import static io.wanspec.functions.edge.RawSocket.post;
import static io.wanspec.functions.edge.RawSocket.request;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.wanspec.contracts.http.EdgeError;
import io.wanspec.functions.Stage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Requests that no client library sends, and what is wrong with them in true words. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class OddRequestsTest {
    private static final String BODY =
            "{\"model\": \"toy-target\", \"prompt\": \"Once\", \"max_tokens\": 3, \"seed\": 1}";
    /** More than it takes to look at it. */
    private static final String UNTIL_IT_LEAVES = BODY.replace(": 3,", ": 2000, \"stream\": true,");

    private static Stage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new Stage(Map.of()).ready();
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    private static String send(String bytes) throws IOException {
        return RawSocket.exchange(stage.server.getPort(), bytes);
    }

    private static String with(String header) {
        return post("1.1", "/v1/completions", BODY).replaceFirst("\r\n", "\r\n" + header + "\r\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "compress", "gzip, br", "rot13"})
    void aCodingThatNobodyUndoesIs415(String coding) throws IOException {
        assertThat(send(with("Content-Encoding: " + coding)))
                .startsWith("HTTP/1.1 415 ")
                .endsWith(EdgeError.unsupportedCoding(coding).json());
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-16", "UTF-16LE", "latin1", "\"utf-32\""})
    void aCharsetThatIsNotReadIs415(String charset) throws IOException {
        String asked = post("1.1", "/v1/completions", BODY)
                .replace("application/json", "application/json; charset=" + charset);
        assertThat(send(asked)).startsWith("HTTP/1.1 415 ").contains("unsupported_charset", "UTF-8");
    }

    @ParameterizedTest
    @ValueSource(strings = {"utf-8", "UTF-8", "\"utf-8\"", "us-ascii"})
    void utf8MayBeNamed(String charset) throws IOException {
        String asked = post("1.1", "/v1/completions", BODY)
                .replace("application/json", "application/json; charset=" + charset);
        assertThat(send(asked)).startsWith("HTTP/1.1 200 ");
        assertThat(send(with("Content-Encoding: identity"))).startsWith("HTTP/1.1 200 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v1/responses/%zz", "/v1/models/%", "/v1/models?a=%1", "/v1/\0models"})
    void aUriThatCannotBeDecodedIs400(String uri) throws IOException {
        assertThat(send(request("GET " + uri + " HTTP/1.1", "Connection: close")))
                .startsWith("HTTP/1.1 400 ")
                .endsWith(EdgeError.malformedUri().json());
    }

    @Test
    void twoHostsAreOneTooMany() throws IOException {
        assertThat(send(request("GET /v1/models HTTP/1.1", "Host: localhost", "Connection: close")))
                .startsWith("HTTP/1.1 400 ")
                .endsWith(EdgeError.repeatedHeader("Host").json());
    }

    @Test
    void twoIdempotencyKeysAreOneTooMany() throws IOException {
        assertThat(send(with("Idempotency-Key: a\r\nIdempotency-Key: b")))
                .startsWith("HTTP/1.1 400 ")
                .contains("'Idempotency-Key' was sent twice");
    }

    @Test
    void anUnknownMethodIsNamed() throws IOException {
        assertThat(send(request("FOO /v1/models HTTP/1.1", "Connection: close")))
                .startsWith("HTTP/1.1 4")
                .contains("FOO")
                .doesNotContain("CUSTOM");
    }

    /** Its end of the connection is the end of both: to the server it looks like any client that has left. */
    @Test
    void whoEndsItsHalfBeforeTheAnswerLeavesNoTrace() throws Exception {
        var logged = new ListAppender<ILoggingEvent>();
        logged.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(logged);
        stage.target.passMillis = 500;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stage.server.getPort())) {
            socket.getOutputStream()
                    .write(post("1.1", "/v1/completions", UNTIL_IT_LEAVES).getBytes(StandardCharsets.UTF_8));
            assertThat(eventually(() -> stage.get("/healthz").body().contains("\"sessions\":1")))
                    .isTrue();
            socket.shutdownOutput();
            assertThat(socket.getInputStream().readAllBytes()).isEmpty();
            assertThat(eventually(() -> stage.get("/healthz").body().contains("\"sessions\":0")))
                    .isTrue();
            // Whatever the server's thread had to do with that end is done before it answers the next.
            stage.get("/livez");
        } finally {
            stage.target.passMillis = 1;
            root.detachAppender(logged);
        }
        assertThat(logged.list)
                .filteredOn(line -> line.getThrowableProxy() != null)
                .isEmpty();
    }
}
