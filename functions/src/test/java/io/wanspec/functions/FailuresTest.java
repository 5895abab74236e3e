package io.wanspec.functions;

import static io.wanspec.functions.LifecycleTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.emulator.toy.ToyDraft;
import io.wanspec.emulator.toy.ToyLanguage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Endpoints that die, that come late, that do not belong together. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class FailuresTest {
    private Stage stage;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(Map.of()).ready();
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void losingTheDraftsChangesNothingButSpeed() throws Exception {
        String options = "\"max_tokens\": 150, \"seed\": 4, \"stream\": true";
        List<String> undisturbed = texts(
                stage.post("/v1/chat/completions", chat(options)).body().lines().toList());

        var in = stage.client.send(
                stage.request("/v1/chat/completions", chat(options)), HttpResponse.BodyHandlers.ofInputStream());
        List<String> lines;
        try (var reader = new BufferedReader(new InputStreamReader(in.body(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < 6; i++) {
                assertThat(reader.readLine()).isNotNull();
            }
            stage.kill("remote");
            stage.kill("busy");
            lines = reader.lines().toList();
        }

        assertThat(lines).contains("data: [DONE]");
        List<String> rest = texts(lines);
        assertThat(String.join("", undisturbed)).endsWith(String.join("", rest));
    }

    @Test
    void whereARemoteDraftIsLateTheBusyRegionIsAsked() throws Exception {
        stage.serve("remote", new ToyDraft(ToyLanguage.identity("toy-draft", 'a'), 300));
        var answer = stage.post(
                "/v1/chat/completions",
                chat("\"max_tokens\": 40, \"seed\": 5, \"wanspec\": {\"redundancy\": \"value\", \"price\": 0}"));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(stage.busy.expansions.get()).isPositive();
    }

    /** It is waited for until the request's time is over. */
    @Test
    void losingTheTargetForGoodIsAnErrorInTheStream() throws Exception {
        stage.close();
        stage = new Stage(Map.of("wanspec.limits.deadline", "12s")).ready();
        String options = "\"max_tokens\": 4000, \"seed\": 12, \"stream\": true";
        var in = stage.client.send(
                stage.request("/v1/chat/completions", chat(options)), HttpResponse.BodyHandlers.ofInputStream());
        List<String> lines;
        try (var reader = new BufferedReader(new InputStreamReader(in.body(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < 6; i++) {
                assertThat(reader.readLine()).isNotNull();
            }
            stage.kill("target");
            lines = reader.lines().filter(l -> !l.isEmpty()).toList();
        }

        assertThat(lines.getLast())
                .startsWith("data: {\"error\":")
                .contains("deadline_exceeded", "it waits for the target");
        assertThat(lines).doesNotContain("data: [DONE]");
        var next = stage.post("/v1/chat/completions", chat("\"max_tokens\": 4"));
        assertThat(next.statusCode()).isEqualTo(503);
        assertThat(next.headers().firstValue("retry-after")).isPresent();
    }

    /** Streamed or not, the text is the one of a target that was never away. */
    @Test
    void aTargetThatComesBackGoesOnWithTheSameText() throws Exception {
        for (String mode : List.of("wanspec", "target-only")) {
            String options =
                    "\"max_tokens\": 600, \"seed\": 12, \"stream\": %s, \"wanspec\": {\"mode\": \"" + mode + "\"}";
            String undisturbed = text(stage.post("/v1/chat/completions", chat(options.formatted(true)))
                    .body()
                    .lines()
                    .toList());
            assertThat(eventually(() -> areRunning(0))).isTrue();
            var whole = stage.client.sendAsync(
                    stage.request("/v1/chat/completions", chat(options.formatted(false))),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(eventually(() -> areRunning(1) || whole.isDone())).isTrue();
            var in = stage.client.send(
                    stage.request("/v1/chat/completions", chat(options.formatted(true))),
                    HttpResponse.BodyHandlers.ofInputStream());
            List<String> lines = new ArrayList<>();
            try (var reader = new BufferedReader(new InputStreamReader(in.body(), StandardCharsets.UTF_8))) {
                for (int i = 0; i < 12; i++) {
                    lines.add(reader.readLine());
                }
                stage.kill("target");
                stage.serve("target", stage.target);
                reader.lines().forEach(lines::add);
            }
            assertThat(lines).as(mode).contains("data: [DONE]");
            assertThat(text(lines)).as(mode).isEqualTo(undisturbed);
            assertThat(whole.get(2, TimeUnit.MINUTES).body()).as(mode).contains(undisturbed);
        }
    }

    @Test
    void whatAFailingEndpointSaidIsToldInPlainWords() throws Exception {
        stage.kill("target");
        for (String mode : List.of("wanspec", "target-only")) {
            var answer = stage.post(
                    "/v1/chat/completions", chat("\"max_tokens\": 4, \"wanspec\": {\"mode\": \"" + mode + "\"}"));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("endpoint target: it is not available now");
            assertThat(answer.body()).doesNotContain("SDK", "Exception", "Request ID");
        }
        assertThat(stage.get("/healthz").body()).doesNotContain("SDK", "Exception", "Request ID");
    }

    @Test
    void aDraftOfAnotherTokenizerIsNotUsedAndHealthSaysWhy() throws Exception {
        stage.serve("remote", new ToyDraft(ToyLanguage.identity("stranger", 'c'), 1));
        // The handshake is cached, so the session itself finds out, and the answer is the same.
        var answer = stage.post("/v1/chat/completions", chat("\"max_tokens\": 12, \"seed\": 3"));
        assertThat(answer.statusCode()).isEqualTo(200);

        assertThat(eventually(
                        () -> stage.get("/healthz").body().contains("tokenizer mismatch: the draft serves stranger")))
                .as(stage.get("/healthz").body())
                .isTrue();
        assertThat(stage.get("/healthz").body()).contains("\"status\":\"degraded\"");
    }

    @Test
    void healthLooksAnewAndSaysSinceWhen() throws Exception {
        JsonNode before = draft("remote");
        assertThat(before.path("state").asText()).isEqualTo("agreed");
        stage.kill("remote");

        // Nobody asked for text, so only the look itself finds out; for a moment the last answer still counts.
        assertThat(eventually(() -> stage.get("/healthz").body().contains("\"degraded\"")))
                .isTrue();
        JsonNode after = draft("remote");
        assertThat(after.path("state").asText()).isEqualTo("pending");
        assertThat(Instant.parse(after.path("since").asText()))
                .isAfter(Instant.parse(before.path("since").asText()));
    }

    private boolean areRunning(int sessions) throws Exception {
        return stage.get("/healthz").body().contains("\"sessions\":" + sessions + ",");
    }

    private JsonNode draft(String endpoint) throws Exception {
        for (JsonNode draft :
                new JsonMapper().readTree(stage.get("/healthz").body()).path("drafts")) {
            if (draft.path("endpoint").asText().equals(endpoint)) {
                return draft;
            }
        }
        throw new AssertionError("no draft endpoint " + endpoint);
    }

    private static String text(List<String> lines) {
        return String.join("", texts(lines));
    }

    private static List<String> texts(List<String> lines) {
        return lines.stream()
                .filter(l -> l.contains("\"content\":\" w"))
                .map(l -> l.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    private static String chat(String options) {
        return "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], " + options
                + "}";
    }
}
