package io.wanspec.it.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** Speaks to the API in plain HTTP, so that nothing of a client library hides what comes. */
public final class ApiClient implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String base;
    private final Optional<String> key;

    /** An answer that is not streamed. */
    public record Answer(int status, JsonNode body, HttpHeaders headers) {
        public Answer ok() {
            if (status != 200) {
                throw new AssertionError(status + " " + body);
            }
            return this;
        }
    }

    public ApiClient(URI base, Optional<String> key) {
        // It may have a path, as API Gateway's stages do.
        this.base = base.toString().replaceFirst("/$", "");
        this.key = key;
    }

    public Answer get(String path) throws IOException, InterruptedException {
        return send(request(path).GET());
    }

    public Answer delete(String path) throws IOException, InterruptedException {
        return send(request(path).DELETE());
    }

    public Answer post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(request(path).POST(json(body)));
    }

    /** A request that may be sent again under the same key. */
    public Answer post(String path, JsonNode body, String idempotencyKey) throws IOException, InterruptedException {
        return send(request(path).header("idempotency-key", idempotencyKey).POST(json(body)));
    }

    public EventReader stream(String path, ObjectNode body) throws IOException, InterruptedException {
        return events(request(path).POST(json(body.deepCopy().put("stream", true))));
    }

    /** A stream that may be asked for again under the same key. */
    public EventReader stream(String path, ObjectNode body, String idempotencyKey)
            throws IOException, InterruptedException {
        return events(request(path)
                .header("idempotency-key", idempotencyKey)
                .POST(json(body.deepCopy().put("stream", true))));
    }

    public EventReader stream(String path) throws IOException, InterruptedException {
        return events(request(path).GET());
    }

    private EventReader events(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() == 200) {
            return new EventReader(answer.body());
        }
        String said = answer.statusCode() + " " + new String(answer.body().readAllBytes(), StandardCharsets.UTF_8);
        if (answer.statusCode() == 503) {
            throw new UnavailableException(said);
        }
        throw new AssertionError(said);
    }

    private Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
        var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new Answer(answer.statusCode(), MAPPER.readTree(answer.body()), answer.headers());
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT);
        key.ifPresent(k -> request.header("authorization", "Bearer " + k));
        return request.header("content-type", "application/json");
    }

    private static HttpRequest.BodyPublisher json(JsonNode body) {
        return HttpRequest.BodyPublishers.ofString(body.toString());
    }

    @Override
    public void close() {
        client.close();
    }
}
