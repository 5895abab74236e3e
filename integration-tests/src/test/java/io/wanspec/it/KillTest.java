package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.local.launch.Pace;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
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
            List<JsonNode> events = killAfterSome(
                    cloud, http, Http.chat("Tell me a story", TOKENS, 0.8, 11), Map.of(BEFORE, List.of(victim)));
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

    /** The second time a draft dies with it. */
    private static final Map<Integer, List<String>> TWICE =
            Map.of(BEFORE / 2, List.of("target"), BEFORE + 2, List.of("target", "remote-draft"));

    private static final Map<Integer, List<String>> ONCE = Map.of(BEFORE, List.of("target"));

    @Test
    void aTargetThatDiesIsWaitedForAndTheTextIsTheSame() throws Exception {
        try (TinyCloud cloud = TinyCloud.start(30, 0, Pace.REFERENCE)) {
            assertGoesOn(cloud, "wanspec", TWICE);
            assertGoesOn(cloud, "target-only", ONCE);
        }
    }

    private static void assertGoesOn(TinyCloud cloud, String mode, Map<Integer, List<String>> kills) throws Exception {
        Http http = new Http(cloud.gateway());
        ObjectNode request = Http.chat("Tell me a story", TOKENS, 0.8, 11);
        ((ObjectNode) request.path("wanspec")).put("mode", mode);
        JsonNode undisturbed = http.post(request);
        List<JsonNode> events = killAfterSome(cloud, http, request, kills);
        assertThat(events).as(mode).noneMatch(event -> event.has("error"));
        JsonNode last = events.stream()
                .filter(e -> e.has("wanspec"))
                .reduce((a, b) -> b)
                .orElseThrow();
        assertThat(Http.tokenIds(last)).as(mode).isEqualTo(Http.tokenIds(undisturbed));
        assertThat(events.stream().map(KillTest::text).collect(Collectors.joining()))
                .as(mode)
                .isEqualTo(undisturbed
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asText());
    }

    /** @param kills which processes, when so many events with text have come */
    private static List<JsonNode> killAfterSome(
            TinyCloud cloud, Http http, ObjectNode request, Map<Integer, List<String>> kills) throws Exception {
        List<ProcessHandle> killed = new ArrayList<>();
        List<JsonNode> events = new ArrayList<>();
        Iterator<JsonNode> stream = http.stream(request).iterator();
        int texts = 0;
        while (stream.hasNext()) {
            JsonNode event = stream.next();
            events.add(event);
            if (!text(event).isEmpty()) {
                for (String victim : kills.getOrDefault(++texts, List.of())) {
                    ProcessHandle process = cloud.process(victim);
                    process.destroyForcibly();
                    process.onExit().get(1, TimeUnit.MINUTES);
                    killed.add(process);
                }
            }
        }
        assertThat(killed)
                .as("killed in the middle")
                .hasSize(kills.values().stream().mapToInt(List::size).sum())
                .doesNotHaveDuplicates();
        return events;
    }

    private static String text(JsonNode event) {
        return event.path("choices").path(0).path("delta").path("content").asText();
    }
}
