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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Model servers die in the middle of a request. */
class KillTest {
    private static final int TOKENS = 80;

    /** Pieces of text, one a round. */
    private static final int BEFORE = 8;

    private TinyCloud cloud;
    private Http http;

    /** Whoever died in the test before is back. */
    @BeforeEach
    void everybodyIsThere() throws Exception {
        cloud = TinyCloud.shared(30, 0, Pace.REFERENCE);
        http = new Http(cloud.gateway());
    }

    @ParameterizedTest
    @ValueSource(strings = {"remote-draft", "busy-draft"})
    void aDeadDraftServerCostsTimeOnly(String victim) throws Exception {
        List<Integer> expected = Http.tokenIds(http.post(request("target-only")));
        List<JsonNode> events = killAfterSome(request("wanspec"), Map.of(BEFORE, List.of(victim)), true);
        JsonNode last = last(events);
        assertThat(Http.tokenIds(last)).isEqualTo(expected).hasSizeGreaterThan(BEFORE);
        assertThat(events).noneMatch(event -> event.has("error"));
        assertThat(last.path("wanspec").path("ledger").path("remoteDraftPasses").asInt())
                .as("the remote worker took part")
                .isPositive();
    }

    /** The second time a draft dies with it. */
    private static final Map<Integer, List<String>> TWICE =
            Map.of(BEFORE / 2, List.of("target"), BEFORE + 2, List.of("target", "remote-draft"));

    private static final Map<Integer, List<String>> ONCE = Map.of(BEFORE, List.of("target"));

    @ParameterizedTest
    @ValueSource(strings = {"wanspec", "target-only"})
    void aTargetThatDiesIsWaitedForAndTheTextIsTheSame(String mode) throws Exception {
        JsonNode undisturbed = http.post(request(mode));
        List<JsonNode> events = killAfterSome(request(mode), mode.equals("wanspec") ? TWICE : ONCE, false);
        assertThat(events).noneMatch(event -> event.has("error"));
        assertThat(Http.tokenIds(last(events))).isEqualTo(Http.tokenIds(undisturbed));
        assertThat(events.stream().map(KillTest::text).collect(Collectors.joining()))
                .isEqualTo(undisturbed
                        .path("choices")
                        .path(0)
                        .path("message")
                        .path("content")
                        .asText());
    }

    private static ObjectNode request(String mode) {
        ObjectNode request = Http.chat("Tell me a story", TOKENS, 0.8, 11);
        ((ObjectNode) request.path("wanspec")).put("mode", mode).put("timeline", "events");
        return request;
    }

    private static JsonNode last(List<JsonNode> events) {
        return events.stream()
                .filter(event -> event.has("wanspec"))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    /**
     * @param kills which processes, when so many events with text have come
     * @param drafted those events are counted from when the target is first asked about a token of the remote draft
     */
    private List<JsonNode> killAfterSome(ObjectNode request, Map<Integer, List<String>> kills, boolean drafted)
            throws Exception {
        List<ProcessHandle> killed = new ArrayList<>();
        List<JsonNode> events = new ArrayList<>();
        Iterator<JsonNode> stream = http.stream(request).iterator();
        boolean counting = !drafted;
        int texts = 0;
        while (stream.hasNext()) {
            JsonNode event = stream.next();
            events.add(event);
            counting |= event.path("remote").asInt() > 0;
            if (counting && !text(event).isEmpty()) {
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
