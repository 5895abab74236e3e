package io.wanspec.evaluation.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** Answers streaming chat requests with prepared ledgers, as the real gateway's API does. */
public final class FakeGateway implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final HttpServer server;
    private final Map<String, Ledger> ledgers = new ConcurrentHashMap<>(Map.of(
            "wanspec",
            DemoLedgers.wanspec(),
            "colocated",
            DemoLedgers.colocated(),
            "target-only",
            DemoLedgers.targetOnly()));
    private final List<JsonNode> requests = new CopyOnWriteArrayList<>();
    private volatile String tail = "data: [DONE]\n\n";
    private volatile int status = 200;
    private volatile Duration pause = Duration.ZERO;

    public FakeGateway() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/chat/completions", this::answer);
        server.start();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What was asked, in order. */
    public List<JsonNode> requests() {
        return List.copyOf(requests);
    }

    public void answerWith(Mode mode, Ledger ledger) {
        ledgers.put(mode.word(), ledger);
    }

    /** What every stream ends with, in place of its regular end. */
    public void endWith(String sse) {
        tail = sse;
    }

    public void refuseWith(int code) {
        status = code;
    }

    /** Lets every answer wait before it ends. */
    public void answerAfter(Duration delay) {
        pause = delay;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode request = MAPPER.readTree(exchange.getRequestBody());
        requests.add(request);
        String body = status == 200
                ? stream(request)
                : "{\"error\":{\"message\":\"temperature must be at most 2\",\"param\":\"temperature\"}}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        if (pause.isPositive()) {
            LockSupport.parkNanos(pause.toNanos());
        }
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private String stream(JsonNode request) {
        Ledger ledger =
                Objects.requireNonNull(ledgers.get(request.at("/wanspec/mode").asText()));
        StringBuilder sse = new StringBuilder(": a comment\n\n");
        for (String word : ledger.text().split("(?<= )", -1)) {
            ObjectNode chunk = MAPPER.createObjectNode();
            chunk.putArray("choices").addObject().putObject("delta").put("content", word);
            sse.append("data: ").append(chunk).append("\n\n");
        }
        if (tail.contains("[DONE]")) {
            ObjectNode last = MAPPER.createObjectNode();
            last.putArray("choices");
            ObjectNode extension = last.putObject("wanspec").put("seed", 42);
            extension.set("ledger", MAPPER.valueToTree(ledger));
            sse.append("data: ").append(last).append("\n\n");
        }
        return sse.append(tail).toString();
    }
}
