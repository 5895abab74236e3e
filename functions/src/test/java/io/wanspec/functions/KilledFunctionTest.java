package io.wanspec.functions;

import static io.wanspec.functions.LifecycleTest.eventually;
import static io.wanspec.functions.TableStage.events;
import static io.wanspec.functions.TableStage.get;
import static io.wanspec.functions.TableStage.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A function is killed in the middle of a stream, a real process by a real signal: nothing that was sent is lost or repeated. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class KilledFunctionTest {
    private static TableStage stage;

    @BeforeAll
    static void start() throws Exception {
        stage = new TableStage(Map.of());
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @AfterEach
    void quick() {
        stage.stage.target.passMillis = 4;
    }

    @Test
    void aResponseGoesOnBehindTheLastEventThatTheClientHas() throws Exception {
        String body = "{\"model\": \"toy-target\", \"input\": \"Hello\", \"seed\": 3, \"max_output_tokens\": 40,"
                + " \"stream\": true}";
        List<String> seen = killed("/v1/responses", body, "", 12);
        String id = json(seen.getFirst()).at("/response/id").textValue();

        String path = "/v1/responses/" + id + "?stream=true&starting_after=";
        List<String> all = new ArrayList<>(seen);
        all.addAll(events(stage.send(get(path + (seen.size() - 1))).body()));

        assertThat(deltas(all))
                .isEqualTo(deltas(events(stage.send(post("/v1/responses", body)).body())));
        for (int i = 0; i < all.size(); i++) {
            assertThat(json(all.get(i)).at("/sequence_number").intValue()).isEqualTo(i);
        }
        assertThat(json(all.getLast()).at("/response/usage/output_tokens").intValue())
                .isEqualTo(40);
        assertThat(events(stage.send(stage.other, get(path + 0)).body())).isEqualTo(all.subList(1, all.size()));
    }

    @Test
    void aResponseThatIsAskedForIsFinished() throws Exception {
        String body = "{\"model\": \"toy-target\", \"input\": \"Hello\", \"seed\": 3, \"max_output_tokens\": 30,"
                + " \"stream\": true}";
        List<String> seen = killed("/v1/responses", body, "", 6);
        String path =
                "/v1/responses/" + json(seen.getFirst()).at("/response/id").textValue();
        assertThat(stage.json(get(path)).at("/status").textValue()).isEqualTo("in_progress");

        assertThat(eventually(() -> {
                    Thread.sleep(100);
                    return stage.json(get(path)).at("/status").textValue().equals("incomplete");
                }))
                .isTrue();
    }

    @Test
    void aRetryWithTheSameKeyGetsTheSameText() throws Exception {
        String body = "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}],"
                + " \"max_tokens\": 40, \"stream\": true}";
        List<String> seen = killed("/v1/chat/completions", body, "a-key", 6);

        List<String> again =
                events(stage.send(post("/v1/chat/completions", body).header("Idempotency-Key", "a-key"))
                        .body());

        assertThat(again.getLast()).isEqualTo("data: [DONE]");
        assertThat(deltas(again))
                .startsWith(deltas(seen))
                .hasSizeGreaterThan(deltas(seen).length());
        assertThat(again.getFirst()).as("id, time, model").isEqualTo(seen.getFirst());
    }

    /** What a client has of a stream whose function is killed. */
    private static List<String> killed(String path, String body, String key, int events) throws Exception {
        stage.stage.target.passMillis = 50;
        List<String> seen = new ArrayList<>();
        try (KilledFunction function = stage.function()) {
            HttpRequest.Builder request = HttpRequest.newBuilder(function.uri(path))
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            if (!key.isEmpty()) {
                request.header("Idempotency-Key", key);
            }
            var answer = stage.stage.client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            var reader = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
            while (seen.size() < events) {
                seen.add(event(reader));
            }
            function.kill();
            rest(reader, seen);
        } finally {
            stage.stage.target.passMillis = 4;
        }
        return seen;
    }

    private static void rest(BufferedReader reader, List<String> seen) {
        try {
            while (true) {
                seen.add(event(reader));
            }
        } catch (IOException broken) {
            // That is all.
        }
    }

    private static String event(BufferedReader reader) throws IOException {
        StringBuilder event = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            if (line.isEmpty() && !event.isEmpty()) {
                return event.toString();
            }
            if (!line.isEmpty() && !line.startsWith(":")) {
                event.append(event.isEmpty() ? "" : "\n").append(line);
            }
        }
        throw new IOException("the stream has ended");
    }

    private static String deltas(List<String> events) throws IOException {
        StringBuilder text = new StringBuilder();
        for (String event : events) {
            if (!event.endsWith("[DONE]")) {
                JsonNode data = json(event);
                text.append(data.at("/delta").asText(""));
                text.append(data.at("/choices/0/delta/content").asText(""));
            }
        }
        return text.toString();
    }

    private static JsonNode json(String event) throws IOException {
        return TableStage.MAPPER.readTree(event.substring(event.indexOf("data: ") + 6));
    }
}
