package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.local.launch.Pace;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Model servers die in the middle of a request. */
class KillTest {
    private static final int TOKENS = 80;

    /** Pieces of text, one a round: enough for a remote worker to have joined in. */
    private static final int BEFORE = 12;

    @ParameterizedTest
    @ValueSource(strings = {"remote-draft", "busy-draft"})
    void aDeadDraftServerCostsTimeOnly(String victim) throws Exception {
        try (TinyCloud cloud = TinyCloud.start(30, 0, Pace.REFERENCE)) {
            Http http = new Http(cloud.gateway());
            ObjectNode plain = Http.chat("Tell me a story", TOKENS, 0.8, 11);
            ((ObjectNode) plain.path("wanspec")).put("mode", "target-only");
            List<Integer> expected = Http.tokenIds(http.post(plain));
            List<JsonNode> events = killAfterSome(cloud, http, victim);
            JsonNode last = events.stream()
                    .filter(e -> e.has("wanspec"))
                    .reduce((a, b) -> b)
                    .orElseThrow();
            assertThat(Http.tokenIds(last)).isEqualTo(expected).hasSizeGreaterThan(BEFORE);
            assertThat(events).noneMatch(event -> event.has("error"));
            assertThat(last.path("wanspec")
                            .path("ledger")
                            .path("remoteDraftPasses")
                            .asInt())
                    .as("the remote worker took part")
                    .isPositive();
        }
    }

    @Test
    void aDeadTargetIsAClearErrorAndTheCommittedTokensAreKept() throws Exception {
        try (TinyCloud cloud = TinyCloud.start(30, 0, Pace.REFERENCE)) {
            Http http = new Http(cloud.gateway());
            List<JsonNode> events = killAfterSome(cloud, http, "target");
            JsonNode error = events.getLast().path("error");
            assertThat(error.path("message").asText()).isNotBlank();
            assertThat(error.path("type").asText()).isNotBlank();
            assertThat(events.stream().filter(KillTest::hasText)).hasSizeGreaterThanOrEqualTo(BEFORE);
            String session = events.stream()
                    .map(event -> event.path("id").asText())
                    .filter(id -> !id.isEmpty())
                    .findFirst()
                    .orElseThrow()
                    .replaceFirst("^chatcmpl-", "");
            // The client is told first, the record a moment later.
            JsonNode record = http.get("/v1/wanspec/sessions/" + session);
            for (int i = 0; i < 300 && record.path("status").asText().equals("running"); i++) {
                Thread.sleep(100);
                record = http.get("/v1/wanspec/sessions/" + session);
            }
            assertThat(record.path("status").asText()).isEqualTo("failed");
            assertThat(record.path("committed_tokens").asInt()).isGreaterThanOrEqualTo(BEFORE);
        }
    }

    private static List<JsonNode> killAfterSome(TinyCloud cloud, Http http, String victim) throws Exception {
        ProcessHandle process = cloud.process(victim);
        List<JsonNode> events = new ArrayList<>();
        Iterator<JsonNode> stream =
                http.stream(Http.chat("Tell me a story", TOKENS, 0.8, 11)).iterator();
        int texts = 0;
        while (stream.hasNext()) {
            JsonNode event = stream.next();
            events.add(event);
            texts += hasText(event) ? 1 : 0;
            if (texts == BEFORE && process.isAlive()) {
                process.destroyForcibly();
                process.onExit().get(1, TimeUnit.MINUTES);
            }
        }
        assertThat(process.isAlive()).as(victim + " was killed in the middle").isFalse();
        return events;
    }

    private static boolean hasText(JsonNode event) {
        return !event.path("choices")
                .path(0)
                .path("delta")
                .path("content")
                .asText()
                .isEmpty();
    }
}
