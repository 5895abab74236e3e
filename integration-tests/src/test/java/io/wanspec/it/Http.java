package io.wanspec.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** Requests as any HTTP client would send them. */
final class Http {
    static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATA = "data: ";
    private static final String TIMELINE = ": wanspec-timeline ";
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI base;

    Http(URI base) {
        this.base = base;
    }

    static ObjectNode chat(String prompt, int maxTokens, double temperature, long seed) {
        ObjectNode body = JSON.createObjectNode()
                .put("model", TinyCloud.MODEL)
                .put("max_tokens", maxTokens)
                .put("temperature", temperature)
                .put("seed", seed);
        body.putArray("messages").addObject().put("role", "user").put("content", prompt);
        body.putObject("wanspec").put("include_token_ids", true);
        return body;
    }

    /** Whatever comes back. */
    HttpResponse<String> answer(ObjectNode body) throws IOException, InterruptedException {
        return client.send(request(body), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode post(ObjectNode body) throws IOException, InterruptedException {
        return post("/v1/chat/completions", body);
    }

    JsonNode post(String path, ObjectNode body) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request(path, body), HttpResponse.BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return JSON.readTree(response.body());
    }

    /** The events' data as they come, and between them the events of the timeline, if the body asks for one. */
    Stream<JsonNode> stream(ObjectNode body) throws IOException, InterruptedException {
        body.put("stream", true);
        return client.send(request(body), HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(TIMELINE) || (line.startsWith(DATA) && !line.endsWith("[DONE]")))
                .map(line -> parse(line.substring((line.startsWith(DATA) ? DATA : TIMELINE).length())));
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request =
                HttpRequest.newBuilder(base.resolve(path)).timeout(LIMIT).build();
        return JSON.readTree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }

    static List<Integer> tokenIds(JsonNode answer) {
        return Stream.of(answer.path("wanspec").path("ledger").path("tokenIds"))
                .flatMap(ids -> java.util.stream.StreamSupport.stream(ids.spliterator(), false))
                .map(JsonNode::asInt)
                .toList();
    }

    private HttpRequest request(ObjectNode body) {
        return request("/v1/chat/completions", body);
    }

    private HttpRequest request(String path, ObjectNode body) {
        return HttpRequest.newBuilder(base.resolve(path))
                .timeout(LIMIT)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }
}
