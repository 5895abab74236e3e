package io.wanspec.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.http.EdgeError;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that few clients send, as bytes. */
@Timeout(180)
final class GatewayEdgeTest {
    private final TestFunction function = new TestFunction();
    private final Gateway gateway = Gateway.open(GatewaySettings.of(0, function.uri()));

    GatewayEdgeTest() throws IOException {}

    @AfterEach
    void close() {
        gateway.close();
        function.close();
    }

    private String send(String request) throws IOException {
        return RawHttp.exchange(gateway.uri().getPort(), request);
    }

    @Test
    void longHeadersAreRefusedInOpenAisShape() throws IOException {
        String answer = send(RawHttp.get("/echo", "x-long: " + "h".repeat(100_000)));

        assertThat(answer)
                .startsWith("HTTP/1.1 431 ")
                .endsWith(EdgeError.headersTooLarge().json());
        assertThat(answer).contains("content-type: application/json", "x-request-id: req_", "connection: close");
        assertThat(send(RawHttp.get("/echo", manyHeaders()))).startsWith("HTTP/1.1 431 ");
    }

    private static String[] manyHeaders() {
        String[] headers = new String[1_000];
        for (int i = 0; i < headers.length; i++) {
            headers[i] = "x-header-" + i + ": " + i;
        }
        return headers;
    }

    @Test
    void headersAtTheLimitPass() throws IOException {
        String value = "h".repeat(Limits.HTTP_HEADERS_BYTES_MAX - 100);

        assertThat(send(RawHttp.get("/echo", "x-long: " + value, "connection: close")))
                .startsWith("HTTP/1.1 201 ");
    }

    @Test
    void aLongUriIsRefusedInOpenAisShape() throws IOException {
        String answer = send(RawHttp.get("/echo?" + "u".repeat(100_000)));

        assertThat(answer)
                .startsWith("HTTP/1.1 414 ")
                .endsWith(EdgeError.uriTooLong().json());
        String longest = "/echo?" + "u".repeat(Limits.HTTP_URI_BYTES_MAX - 6);
        assertThat(send(RawHttp.get(longest, "connection: close"))).startsWith("HTTP/1.1 201 ");
    }

    @Test
    void whatIsNoHttpIsRefusedInOpenAisShape() throws IOException {
        String answer = send("GET /echo HTTP/1.1\r\nno header\r\nHost: localhost\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 ")
                .endsWith(EdgeError.malformed().json());
    }

    @Test
    void pipelinedRequestsAreAllAnswered() throws IOException {
        String answers =
                send(RawHttp.get("/echo?1") + RawHttp.get("/echo?2") + RawHttp.get("/echo?3", "connection: close"));

        assertThat(answers.split("HTTP/1.1 201 ", -1)).hasSize(4);
        assertThat(answers).containsSubsequence("GET /echo?1", "GET /echo?2", "GET /echo?3");
    }

    @Test
    void whatIsPipelinedBeyondTheBoundIsDroppedNotKept() throws IOException {
        String answers = send(RawHttp.get("/echo").repeat(100) + RawHttp.get("/echo", "connection: close"));

        assertThat(answers.split("HTTP/1.1 201 ", -1)).hasSizeBetween(2, 102);
    }

    @Test
    void http10GetsNoChunks() throws IOException {
        function.leave.release(2_000);
        String answer = send("GET /sse HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

        assertThat(answer.toLowerCase(Locale.ROOT)).doesNotContain("chunked", "keep-alive");
        String body = answer.substring(answer.indexOf("\r\n\r\n") + 4);
        assertThat(body).startsWith("data: 0\n\ndata: 1\n\n").endsWith("data: 999\n\n");
    }

    @Test
    void anotherHostIsRefusedUnlessAllowed() throws IOException {
        String asked = "GET /echo HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
        assertThat(send(asked)).startsWith("HTTP/1.1 403 ").contains("wanspec.http.allowed-hosts");

        var allowing = GatewaySettings.of(0, function.uri()).allowing(List.of("evil.example"));
        try (Gateway other = Gateway.open(allowing)) {
            assertThat(RawHttp.exchange(other.uri().getPort(), asked)).startsWith("HTTP/1.1 201 ");
        }
    }

    @Test
    void oneNameForTheRequestOneForTheTrace() throws IOException {
        String answer = send(RawHttp.get(
                "/names",
                "x-client-request-id: mine-1",
                "traceparent: 00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "connection: close"));

        assertThat(answer).contains("x-request-id: mine-1");
        assertThat(answer).endsWith("mine-1 Root=1-4bf92f35-77b34da6a3ce929d0e0e4736");
    }
}
