package io.wanspec.it.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Asks an API for answers, and where it drafts. */
final class PlacedChat {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final int CHUNKS_BEFORE = 4;

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI api;

    PlacedChat(URI api) {
        this.api = api;
    }

    /** What is done in the middle of an answer. */
    interface Middle {
        /** @param chosen the place that the request began with, as far as is known */
        void happens(String chosen) throws IOException, InterruptedException;
    }

    /** A whole answer, as if it had not been streamed. A failure of the request fails the test. */
    JsonNode ask(int tokens, int seed, String mode, Middle middle) throws Exception {
        String chosen = chosen(placement());
        String body = """
                {"model": "%s", "messages": [{"role": "user", "content": "Hello"}], "max_tokens": %d, "stream": true,
                 "temperature": 0.8, "seed": %d, "wanspec": {"mode": "%s"}}""".formatted(FivePlaces.MODEL, tokens, seed, mode);
        HttpRequest request = HttpRequest.newBuilder(api.resolve("/v1/chat/completions"))
                .timeout(Duration.ofMinutes(2))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        HttpResponse<Stream<String>> answer = client.send(request, HttpResponse.BodyHandlers.ofLines());
        StringBuilder text = new StringBuilder();
        var last = MAPPER.createObjectNode();
        int chunks = 0;
        for (String line : (Iterable<String>) answer.body()::iterator) {
            if (!line.startsWith("data: {")) {
                continue;
            }
            JsonNode chunk = MAPPER.readTree(line.substring("data: ".length()));
            assertThat(chunk.has("error")).as(chunk.toString()).isFalse();
            text.append(chunk.at("/choices/0/delta/content").asText(""));
            if (++chunks == CHUNKS_BEFORE) {
                middle.happens(chosen);
            }
            if (chunk.has("wanspec")) {
                last.set("wanspec", chunk.path("wanspec"));
            }
        }
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(last.has("wanspec")).as("the answer's end").isTrue();
        last.putArray("choices").addObject().putObject("message").put("content", text.toString());
        return last;
    }

    JsonNode placement() throws IOException, InterruptedException {
        return get("/v1/wanspec/placement");
    }

    /** Who would draft now; empty for nobody. */
    String chosen(JsonNode placement) {
        return placement.path("chosen").asText();
    }

    /** What part a place has; empty for none. */
    String part(JsonNode placement, String place) {
        for (JsonNode each : placement.path("places")) {
            if (each.path("id").asText().equals(place)) {
                return each.path("part").asText();
            }
        }
        return "";
    }

    /** Until every place can be used. */
    void awaitAll() throws Exception {
        await(placement ->
                placement.has("chosen") && !placement.findValuesAsText("part").contains("left out"));
    }

    void await(Predicate<JsonNode> condition) throws Exception {
        for (int i = 0; i < 1_200; i++) {
            if (condition.test(placement())) {
                return;
            }
            // Whoever looks at its health has every place asked anew.
            get("/healthz");
            Thread.sleep(50);
        }
        throw new AssertionError("it did not come about in a minute: " + placement());
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve(path)).build();
        return MAPPER.readTree(
                client.send(request, HttpResponse.BodyHandlers.ofString()).body());
    }
}
