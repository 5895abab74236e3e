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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A function is killed in the middle of a stream, a real process by a real signal: nothing that was sent is lost or repeated. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class KilledFunctionTest {
    private static final String RESPONSES = "/v1/responses";
    private static final String CHAT = "/v1/chat/completions";
    private static final String SHORT = response(40);

    /** Long enough that the function has not ended it when it is killed. */
    private static final String LONG = response(180);

    private static final String CHATTED =
            "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], \"seed\": 3,"
                    + " \"max_tokens\": 180, \"stream\": true}";

    private static TableStage stage;

    /** What clients have of three streams of the one function that was killed: all wait for the same lease's time. */
    private static List<String> resumed;

    private static List<String> asked;
    private static List<String> retried;
    private static String statusAtOnce;

    @BeforeAll
    static void start() throws Exception {
        stage = new TableStage(Map.of());
        stage.stage.target.passMillis = 100;
        try (KilledFunction function = stage.function()) {
            Client ofLong = Client.open(function, RESPONSES, LONG, "").read(6);
            Client ofChat = Client.open(function, CHAT, CHATTED, "a-key").read(6);
            Client ofShort = Client.open(function, RESPONSES, SHORT, "").read(12);
            function.kill();
            resumed = ofShort.rest();
            asked = ofLong.rest();
            retried = ofChat.rest();
        }
        statusAtOnce = stage.json(get(path(asked))).at("/status").textValue();
        stage.stage.target.passMillis = 4;
    }

    @AfterAll
    static void stop() {
        stage.close();
    }

    @Test
    void aResponseGoesOnBehindTheLastEventThatTheClientHas() throws Exception {
        String path = path(resumed) + "?stream=true&starting_after=";
        List<String> all = new ArrayList<>(resumed);
        all.addAll(events(stage.send(get(path + (resumed.size() - 1))).body()));

        assertThat(deltas(all))
                .isEqualTo(deltas(events(stage.send(post(RESPONSES, SHORT)).body())));
        for (int i = 0; i < all.size(); i++) {
            assertThat(json(all.get(i)).at("/sequence_number").intValue()).isEqualTo(i);
        }
        assertThat(json(all.getLast()).at("/response/usage/output_tokens").intValue())
                .isEqualTo(40);
        assertThat(events(stage.send(stage.other, get(path + 0)).body())).isEqualTo(all.subList(1, all.size()));
    }

    @Test
    void aResponseThatIsAskedForIsFinished() throws Exception {
        assertThat(statusAtOnce).isEqualTo("in_progress");
        assertThat(eventually(() -> {
                    Thread.sleep(100);
                    return stage.json(get(path(asked)))
                            .at("/status")
                            .textValue()
                            .equals("incomplete");
                }))
                .isTrue();
    }

    @Test
    void aRetryWithTheSameKeyGetsTheSameText() throws Exception {
        List<String> again = events(stage.send(post(CHAT, CHATTED).header("Idempotency-Key", "a-key"))
                .body());

        assertThat(again.getLast()).isEqualTo("data: [DONE]");
        assertThat(deltas(again))
                .startsWith(deltas(retried))
                .hasSizeGreaterThan(deltas(retried).length());
        assertThat(again.getFirst()).as("id, time, model").isEqualTo(retried.getFirst());
    }

    private static String response(int tokens) {
        return "{\"model\": \"toy-target\", \"input\": \"Hello\", \"seed\": 3, \"max_output_tokens\": " + tokens
                + ", \"stream\": true}";
    }

    private static String path(List<String> seen) throws IOException {
        return RESPONSES + "/" + json(seen.getFirst()).at("/response/id").textValue();
    }

    /** Reads a stream, as far as there is one. */
    private record Client(BufferedReader reader, List<String> seen) {
        static Client open(KilledFunction function, String path, String body, String key) throws Exception {
            HttpRequest.Builder request = HttpRequest.newBuilder(function.uri(path))
                    .header("content-type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body));
            if (!key.isEmpty()) {
                request.header("Idempotency-Key", key);
            }
            var answer = stage.stage.client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            return new Client(
                    new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8)),
                    new ArrayList<>());
        }

        Client read(int events) throws IOException {
            while (seen.size() < events) {
                seen.add(event(reader));
            }
            return this;
        }

        List<String> rest() {
            try {
                while (true) {
                    seen.add(event(reader));
                }
            } catch (IOException broken) {
                return seen;
            }
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
