package io.wanspec.infra.smoke;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The API of a deployment, as a client has it. */
public final class SmokeApi implements AutoCloseable {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String DATA = "data: ";
    private static final String DONE = "[DONE]";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;
    private final Optional<String> key;

    /**
     * @param base with {@code /v1}
     * @param key absent: none is asked for
     */
    public SmokeApi(URI base, Optional<String> key) {
        this.base = base.toString().replaceFirst("/$", "");
        this.key = key;
    }

    boolean hasKey() {
        return key.isPresent();
    }

    /** @return the status alone, of a request without a key */
    int statusWithoutKey(String path) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT).build();
        return http.send(request, BodyHandlers.discarding()).statusCode();
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return read(http.send(request(path).GET().build(), BodyHandlers.ofString()));
    }

    JsonNode delete(String path) throws IOException, InterruptedException {
        return read(http.send(request(path).DELETE().build(), BodyHandlers.ofString()));
    }

    JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
        return read(http.send(posted(path, body), BodyHandlers.ofString()));
    }

    /** The events of a stream, up to its end. */
    List<JsonNode> stream(String path, ObjectNode body) throws IOException, InterruptedException {
        HttpResponse<String> answer =
                http.send(posted(path, body.deepCopy().put("stream", true)), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new SmokeFailure(answer.statusCode() + " " + answer.body());
        }
        List<JsonNode> events = new ArrayList<>();
        List<String> lines =
                answer.body().lines().filter(line -> line.startsWith(DATA)).toList();
        if (lines.isEmpty() || !lines.getLast().equals(DATA + DONE)) {
            throw new SmokeFailure("the stream ended before " + DONE);
        }
        for (String line : lines.subList(0, lines.size() - 1)) {
            events.add(MAPPER.readTree(line.substring(DATA.length())));
        }
        return events;
    }

    private HttpRequest posted(String path, ObjectNode body) {
        return request(path).POST(BodyPublishers.ofString(body.toString())).build();
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(LIMIT)
                .header("content-type", "application/json");
        key.ifPresent(secret -> request.header("authorization", "Bearer " + secret));
        return request;
    }

    private static JsonNode read(HttpResponse<String> answer) throws IOException {
        if (answer.statusCode() != 200) {
            throw new SmokeFailure(answer.statusCode() + " " + answer.body());
        }
        return MAPPER.readTree(answer.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
