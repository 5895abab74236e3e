package io.wanspec.evaluation.probe;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Asks an endpoint once: a connection, and then a small streamed answer over a fresh one. What it sends back is bounded. */
final class ProbeClient {
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);
    private static final long ANSWER_BYTES_MAX = 1 << 20;
    private static final double NANOS_PER_MS = 1e6;
    private static final JsonMapper JSON = new JsonMapper();

    private final ProbeEndpoint endpoint;
    private final Optional<String> key;
    private final String body;

    ProbeClient(ProbeEndpoint endpoint, Optional<String> key, int maxTokens) {
        this.endpoint = endpoint;
        this.key = key;
        body = body(endpoint.model(), maxTokens);
    }

    private static String body(String model, int maxTokens) {
        ObjectNode request = JSON.createObjectNode()
                .put("model", model)
                .put("stream", true)
                .put("max_tokens", maxTokens)
                .put("temperature", 0);
        request.putArray("messages")
                .addObject()
                .put("role", "user")
                .put("content", "Count from one to one hundred in words.");
        return request.toString();
    }

    ProbeAnswer ask(int slot, Instant at) throws InterruptedException {
        Double connected = connectMs();
        var pieces = new ProbePieces(System.nanoTime());
        String failure = answered(pieces);
        return new ProbeAnswer(
                endpoint.name(),
                endpoint.region(),
                slot,
                at.truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString(),
                connected,
                pieces.firstMs(),
                pieces.perSecond(),
                pieces.count(),
                ms(System.nanoTime() - pieces.asked()),
                failure == null && pieces.count() == 0 ? "no text" : failure);
    }

    private @Nullable Double connectMs() {
        long began = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(endpoint.base().getHost(), endpoint.port()),
                    Math.toIntExact(CONNECT_LIMIT.toMillis()));
            return ms(System.nanoTime() - began);
        } catch (IOException e) {
            return null;
        }
    }

    /** How it failed; absent if it did not. What the endpoint says is in no log: it may repeat what it was sent. */
    private @Nullable String answered(ProbePieces pieces) throws InterruptedException {
        try (HttpClient http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_LIMIT)
                .build()) {
            CompletableFuture<HttpResponse<Void>> response = http.sendAsync(
                    request(),
                    BodyHandlers.limiting(
                            head -> head.statusCode() == 200
                                    ? BodySubscribers.fromLineSubscriber(
                                            pieces, _ -> null, StandardCharsets.UTF_8, null)
                                    : BodySubscribers.replacing(null),
                            ANSWER_BYTES_MAX));
            try {
                int status = response.get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                        .statusCode();
                return status == 200 ? null : "status " + status;
            } catch (TimeoutException e) {
                return "timed out";
            } catch (ExecutionException e) {
                return word(e);
            } finally {
                response.cancel(true);
                http.shutdownNow();
            }
        }
    }

    private static String word(ExecutionException e) {
        return e.getCause() == null ? "failed" : e.getCause().getClass().getSimpleName();
    }

    private HttpRequest request() {
        HttpRequest.Builder post = HttpRequest.newBuilder(endpoint.completions())
                .timeout(ANSWER_LIMIT)
                .header("Content-Type", "application/json")
                .header("Accept", "text/event-stream")
                .POST(BodyPublishers.ofString(body));
        key.ifPresent(secret -> post.header("Authorization", "Bearer " + secret));
        return post.build();
    }

    static double ms(long nanos) {
        return Math.round(nanos / NANOS_PER_MS * 100) / 100.0;
    }
}
