package io.wanspec.it.lambda;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands before the emulator's table for one function, and refuses what the function's role may not do: emulators read no policies,
 * and a right that is missing would be found in AWS alone.
 */
public final class GuardedTable implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String TARGET = "X-Amz-Target";
    private static final byte[] DENIED =
            "{\"__type\": \"com.amazon.coral.service#AccessDeniedException\", \"Message\": \"denied\"}".getBytes(UTF_8);

    private final TableRole role;
    private final URI emulator;
    private final HttpServer server;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ConcurrentLinkedQueue<String> refused = new ConcurrentLinkedQueue<>();
    private final AtomicInteger allowed = new AtomicInteger();

    public GuardedTable(String function, URI emulator) throws IOException {
        this.role = TableRole.of(function);
        this.emulator = emulator;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    /** In place of the emulator's. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Calls that the role may not make. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    /** How many it may. */
    public int allowed() {
        return allowed.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String target = exchange.getRequestHeaders().getFirst(TARGET);
            JsonNode request = MAPPER.readTree(body);
            if (!role.allows(target, request)) {
                refused.add(target + " " + request);
                send(exchange, 400, DENIED);
                return;
            }
            allowed.incrementAndGet();
            HttpResponse<byte[]> answer = forward(exchange, target, body);
            answer.headers()
                    .firstValue("x-amz-crc32")
                    .ifPresent(sum -> exchange.getResponseHeaders().set("x-amz-crc32", sum));
            send(exchange, answer.statusCode(), answer.body());
        }
    }

    /** With its signature, which names the region. */
    private HttpResponse<byte[]> forward(HttpExchange exchange, String target, byte[] body) throws IOException {
        try {
            return client.send(
                    HttpRequest.newBuilder(
                                    emulator.resolve(exchange.getRequestURI().getPath()))
                            .header(TARGET, target)
                            .header("Content-Type", "application/x-amz-json-1.0")
                            .header(
                                    "Authorization",
                                    exchange.getRequestHeaders().getFirst("Authorization"))
                            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                            .build(),
                    BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException(e));
        }
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.shutdownNow();
    }
}
