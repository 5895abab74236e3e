package io.wanspec.functions.console;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wanspec.functions.access.Caller;
import io.wanspec.functions.access.CallerContext;
import io.wanspec.functions.access.GatewayWord;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * What API Gateway is to a browser and to the function behind it: a stage's name before every path, the word of an authorizer with every
 * request, and no request without a key but for the console's files.
 */
final class StageGateway implements AutoCloseable {
    static final String STAGE = "/live";
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Pattern OPEN = Pattern.compile("/console(/[^/]+)?");

    /** Of a connection, and the client's own to write. */
    private static final Set<String> OF_CONNECTIONS =
            Set.of("connection", "content-length", "expect", "host", "http2-settings", "transfer-encoding", "upgrade");

    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final URI function;
    private final String authorization;
    private final Caller caller;

    /** @param authorization the one that it knows, of {@code caller} */
    StageGateway(URI function, String authorization, Caller caller) throws IOException {
        this.function = function;
        this.authorization = authorization;
        this.caller = caller;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(STAGE + "/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    /** @param path behind the stage's name */
    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + STAGE + path);
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().toString().substring(STAGE.length());
            boolean known = authorization.equals(exchange.getRequestHeaders().getFirst("authorization"));
            if (known) {
                pass(exchange, path, CallerContext.write(caller));
            } else if (exchange.getRequestMethod().equals("GET")
                    && OPEN.matcher(path).matches()) {
                pass(exchange, path, Map.of());
            } else {
                refuse(exchange);
            }
        }
    }

    private static void refuse(HttpExchange exchange) throws IOException {
        byte[] error = """
                {"error": {"message": "Unauthorized", "type": "invalid_request_error", "param": null, "code": "invalid_api_key"}}""".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("content-type", "application/json");
        exchange.sendResponseHeaders(401, error.length);
        exchange.getResponseBody().write(error);
    }

    private void pass(HttpExchange exchange, String path, Map<String, String> word) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(function.resolve(path))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OF_CONNECTIONS.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        request.setHeader("x-forwarded-for", "203.0.113.7").setHeader(GatewayWord.HEADER, context(word));
        try {
            give(exchange, client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static String context(Map<String, String> word) throws IOException {
        Map<String, Object> context = new HashMap<>(Map.of("stage", STAGE.substring(1)));
        if (!word.isEmpty()) {
            context.put("authorizer", word);
        }
        return MAPPER.writeValueAsString(context);
    }

    /** Piece by piece, as it comes. */
    private static void give(HttpExchange exchange, HttpResponse<InputStream> answer) throws IOException {
        answer.headers().map().forEach((name, values) -> {
            if (!OF_CONNECTIONS.contains(name)) {
                exchange.getResponseHeaders().put(name, values);
            }
        });
        exchange.sendResponseHeaders(answer.statusCode(), answer.statusCode() == 304 ? -1 : 0);
        byte[] piece = new byte[8192];
        try (InputStream from = answer.body();
                OutputStream to = exchange.getResponseBody()) {
            for (int read = from.read(piece); read >= 0; read = from.read(piece)) {
                to.write(piece, 0, read);
                to.flush();
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }
}
