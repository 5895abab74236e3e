package io.wanspec.emulator.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.Limits;
import io.wanspec.contracts.http.ConnectionLimits;
import io.wanspec.contracts.http.HostRule;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class GatewayTest {
    private final TestFunction function = new TestFunction();
    private final Gateway gateway = Gateway.open(GatewaySettings.of(0, function.uri()));
    private final HttpClient client = HttpClient.newHttpClient();

    GatewayTest() throws IOException {}

    @AfterEach
    void close() {
        client.shutdownNow();
        gateway.close();
        function.close();
    }

    private HttpRequest.Builder request(Gateway at, String path) {
        return HttpRequest.newBuilder(at.uri().resolve(path));
    }

    private static String error(String message, String type, String code) {
        return "{\"error\":{\"message\":\"" + message + "\",\"type\":\"" + type + "\",\"param\":null,\"code\":\"" + code
                + "\"}}";
    }

    @Test
    void forwardsMethodPathBodyAndStatus() throws Exception {
        HttpResponse<String> response = client.send(
                request(gateway, "/echo/v1?a=b")
                        .PUT(BodyPublishers.ofString("body"))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(201);
        assertThat(response.body()).isEqualTo("body");
        assertThat(response.headers().firstValue("x-seen")).contains("PUT /echo/v1?a=b");
        assertThat(response.headers().firstValue("x-amzn-requestid"))
                .isPresent()
                .isEqualTo(response.headers().firstValue("x-seen-id"));
    }

    @Test
    void passesPiecesOnAsTheyCome() throws Exception {
        function.leave.release(1);
        HttpResponse<InputStream> response =
                client.send(request(gateway, "/sse").build(), BodyHandlers.ofInputStream());
        assertThat(response.headers().firstValue("content-type")).contains("text/event-stream");
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < 20; i++) {
                // The function may send the next piece only now: nothing holds pieces back to batch them.
                assertThat(lines.readLine()).isEqualTo("data: " + i);
                assertThat(lines.readLine()).isEmpty();
                function.leave.release(1);
            }
        }
    }

    @Test
    void aClientThatLeavesCancelsTheFunction() throws Exception {
        function.leave.release(1);
        HttpResponse<InputStream> response =
                client.send(request(gateway, "/sse").build(), BodyHandlers.ofInputStream());
        assertThat(response.body().read()).isEqualTo('d');
        response.body().close();
        long begin = System.nanoTime();
        while (!function.clientLeft.await(5, TimeUnit.MILLISECONDS) && System.nanoTime() - begin < 60_000_000_000L) {
            function.leave.release(1);
        }
        assertThat(function.clientLeft.getCount()).isZero();
    }

    @Test
    void aSlowClientSlowsTheFunction() throws Exception {
        try (Socket slow =
                new Socket(InetAddress.getLoopbackAddress(), gateway.uri().getPort())) {
            slow.getOutputStream()
                    .write("GET /flood HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            long before;
            do {
                before = function.flooded.get();
                Thread.sleep(500);
            } while (function.flooded.get() > before || before == 0);
            assertThat(function.flooded).hasValueLessThan(64L << 20);
        }
        assertThat(function.clientLeft.await(60, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void refusesABodyOverTheLimitInOpenAisShape() throws Exception {
        byte[] tooLarge = new byte[Limits.HTTP_BODY_BYTES_MAX + 1];
        HttpResponse<String> response = client.send(
                request(gateway, "/echo")
                        .POST(BodyPublishers.ofByteArray(tooLarge))
                        .build(),
                BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body())
                .isEqualTo(error(
                        "The body exceeds 4669440 bytes. Send less text.",
                        "invalid_request_error",
                        "request_too_large"));
        assertThat(response.headers().firstValue("x-request-id")).isPresent();
        assertThat(response.headers().firstValue("x-amzn-requestid")).isPresent();
    }

    @Test
    void acceptsABodyAtTheLimit() throws Exception {
        byte[] largest = new byte[Limits.HTTP_BODY_BYTES_MAX];
        HttpResponse<byte[]> response = client.send(
                request(gateway, "/echo")
                        .POST(BodyPublishers.ofByteArray(largest))
                        .build(),
                BodyHandlers.ofByteArray());
        assertThat(response.body()).isEqualTo(largest);
    }

    @Test
    void anUnreachableFunctionIsWorthComingBackFor() throws Exception {
        TestFunction gone = new TestFunction();
        URI dead = gone.uri();
        gone.close();
        gateway.functions(dead);
        HttpResponse<String> response = client.send(request(gateway, "/echo").build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(503);
        assertThat(response.headers().firstValue("retry-after")).contains("1");
        assertThat(response.body())
                .isEqualTo(error(
                        "The function is not up now. Try again in a second.", "server_error", "function_unreachable"));
        gateway.functions(function.uri());
        assertThat(client.send(request(gateway, "/echo").build(), BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aFunctionThatDropsTheRequestIsABadGateway() throws Exception {
        HttpResponse<String> response = client.send(request(gateway, "/drop").build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(502);
        assertThat(response.body()).contains("function_failed");
    }

    @Test
    void aSilentFunctionTimesOut() throws Exception {
        var settings = new GatewaySettings(
                0, function.uri(), 1024, Duration.ofMillis(200), 1, ConnectionLimits.DEFAULT, HostRule.any());
        try (Gateway impatient = Gateway.open(settings)) {
            HttpResponse<String> response =
                    client.send(request(impatient, "/hang").build(), BodyHandlers.ofString());
            assertThat(response.statusCode()).isEqualTo(504);
            assertThat(response.body()).contains("function_timeout");
            // Within an answer a timeout can only break the answer off.
            function.leave.release(1);
            assertThatThrownBy(() -> client.send(request(impatient, "/sse").build(), BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void manyRequestsAddNoThreads() throws Exception {
        List<CompletableFuture<HttpResponse<InputStream>>> calls = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            calls.add(client.sendAsync(request(gateway, "/sse").build(), BodyHandlers.ofInputStream()));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new));
        while (!all.isDone()) {
            // The function's server sends a head with its first piece only.
            function.leave.release(100);
            Thread.sleep(5);
        }
        for (var call : calls) {
            assertThat(call.get(60, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.getName().startsWith("gateway-")))
                .hasSize(1);
    }
}
