package io.wanspec.evaluation.probe;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** An endpoint on loopback that streams a few pieces of text, and keeps what it was asked. */
final class LoopbackEndpoint implements AutoCloseable {
    private static final String STREAM = """
            data: {"choices":[{"delta":{"role":"assistant"}}]}

            data: {"choices":[{"delta":{"content":"one"}}]}

            data: {"choices":[{"delta":{"content":" two"}}]}

            data: {"choices":[{"delta":{"content":" three"}}]}

            data: [DONE]

            """;

    private final HttpServer server;
    private final List<String> bodies = new CopyOnWriteArrayList<>();
    private final List<String> keys = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);

    LoopbackEndpoint() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        keys.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        boolean served = status.get() == 200;
        byte[] body = (served ? STREAM : "{\"error\":{\"message\":\"" + keys.getLast() + "\"}}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status.get(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    }

    List<String> bodies() {
        return List.copyOf(bodies);
    }

    List<String> keys() {
        return List.copyOf(keys);
    }

    void refuseWith(int code) {
        status.set(code);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
