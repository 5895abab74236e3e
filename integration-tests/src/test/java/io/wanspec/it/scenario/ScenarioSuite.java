package io.wanspec.it.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wanspec.it.http.EventReader;
import io.wanspec.it.http.ServerEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an application does with the API, step by step. It knows nothing of where the API runs. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
abstract class ScenarioSuite extends KeyScenarios {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String RESPONSES = "/v1/responses";

    @Test
    @Tag(MAIN)
    void aResponseIsMadeAndFoundAgain() throws Exception {
        JsonNode made = api.post(RESPONSES, question("Tell me of the sea")).ok().body();

        assertThat(made.at("/object").asText()).isEqualTo("response");
        assertThat(text(made)).isNotEmpty();
        assertThat(api.get(path(made)).ok().body()).isEqualTo(made);
    }

    @Test
    void everyRouteGivesTheTargetsOwnText() throws Exception {
        ObjectNode chat = MAPPER.createObjectNode()
                .put("model", deployment.model())
                .put("max_tokens", 24)
                .put("seed", 7)
                .put("temperature", 0.8);
        chat.putArray("messages").addObject().put("role", "user").put("content", "Tell me of the sea");
        chat.putObject("wanspec").put("mode", "target-only");
        String alone = api.post("/v1/chat/completions", chat)
                .ok()
                .body()
                .at("/choices/0/message/content")
                .asText();

        assertThat(text(api.post(RESPONSES, question("Tell me of the sea")).ok().body()))
                .isEqualTo(alone);
    }

    @Test
    @Tag(MAIN)
    void theEventsOfAStreamAreNumberedAndMakeTheWholeText() throws Exception {
        List<ServerEvent> events = all(question("Count for me"));

        assertThat(events.stream().map(ServerEvent::number))
                .isEqualTo(IntStream.range(0, events.size()).boxed().toList());
        assertThat(events.getFirst().type()).isEqualTo("response.created");
        JsonNode end = events.getLast().data().path("response");
        assertThat(text(events)).isEqualTo(text(end)).isNotEmpty();
    }

    @Test
    void aBrokenStreamGoesOnBehindAnyEvent() throws Exception {
        List<ServerEvent> seen = new ArrayList<>();
        try (EventReader events = api.stream(RESPONSES, question("Go on and on").put("max_output_tokens", 60))) {
            for (int i = 0; i < 7; i++) {
                seen.add(events.next().orElseThrow());
            }
        }
        String id = seen.getFirst().data().at("/response/id").asText();

        List<ServerEvent> rest = from(id, seen.getLast().number());
        List<ServerEvent> whole = from(id, -1);

        assertThat(whole).startsWith(seen.toArray(ServerEvent[]::new));
        assertThat(rest).isEqualTo(whole.subList(seen.size(), whole.size()));
        assertThat(from(id, whole.getLast().number())).isEmpty();
        for (int after = 0; after < whole.size(); after += 5) {
            assertThat(from(id, after)).isEqualTo(whole.subList(after + 1, whole.size()));
        }
    }

    /** Its next one goes on when it is asked, and takes the lease when that runs out. */
    @Test
    void aKilledFunctionLosesNothingAndRepeatsNothing() throws Exception {
        ObjectNode request = question("Nothing can stop me").put("max_output_tokens", 120);
        List<ServerEvent> seen = new ArrayList<>();
        try (EventReader events = api.stream(RESPONSES, request)) {
            for (int i = 0; i < 9; i++) {
                seen.add(events.next().orElseThrow());
            }
            assumeTrue(deployment.killFunction(), "functions cannot be killed here");
        }
        String id = seen.getFirst().data().at("/response/id").asText();
        while (api.get(RESPONSES + "/" + id).status() == 503) {
            TimeUnit.MILLISECONDS.sleep(100);
        }
        seen.addAll(from(id, seen.getLast().number()));

        assertThat(seen.stream().map(ScenarioSuite::story))
                .isEqualTo(all(request).stream().map(ScenarioSuite::story).toList());
        assertThat(from(id, -1)).isEqualTo(seen);
    }

    @Test
    void aConversationGoesOn() throws Exception {
        JsonNode first = api.post(RESPONSES, question("Who are you?")).ok().body();
        JsonNode second = api.post(RESPONSES, question("And what else?").put("previous_response_id", id(first)))
                .ok()
                .body();

        assertThat(second.path("previous_response_id").asText()).isEqualTo(id(first));
        assertThat(second.at("/usage/input_tokens").asInt())
                .isGreaterThan(first.at("/usage/input_tokens").asInt()
                        + first.at("/usage/output_tokens").asInt());
    }

    @Test
    @Tag(MAIN)
    void workInTheBackgroundComesToTheSameText() throws Exception {
        JsonNode queued = api.post(RESPONSES, question("Take your time").put("background", true))
                .ok()
                .body();
        assertThat(queued.path("status").asText()).isIn("queued", "in_progress");

        JsonNode done = awaitEnd(queued);

        assertThat(text(done))
                .isEqualTo(text(
                        api.post(RESPONSES, question("Take your time")).ok().body()));
    }

    @Test
    void workInTheBackgroundCanBeCancelled() throws Exception {
        JsonNode queued = api.post(
                        RESPONSES,
                        question("A very long story").put("background", true).put("max_output_tokens", 400))
                .ok()
                .body();

        api.post(path(queued) + "/cancel", MAPPER.createObjectNode()).ok();

        assertThat(awaitEnd(queued).path("status").asText()).isIn("cancelled", "completed", "incomplete");
    }

    @Test
    void theSameKeyIsTheSameRequest() throws Exception {
        String key = "scenario-" + System.nanoTime();
        JsonNode first = api.post(RESPONSES, question("Only once"), key).ok().body();

        assertThat(api.post(RESPONSES, question("Only once"), key).ok().body()).isEqualTo(first);
        assertThat(api.post(RESPONSES, question("Another"), key).status()).isBetween(400, 499);
    }

    @Test
    void whatIsDeletedIsGone() throws Exception {
        JsonNode made = api.post(RESPONSES, question("Forget me")).ok().body();

        assertThat(api.delete(path(made)).ok().body().path("deleted").asBoolean())
                .isTrue();
        assertThat(api.get(path(made)).status()).isEqualTo(404);
        assertThat(api.delete(path(made)).status()).isEqualTo(404);
    }

    @Test
    void theInputIsListed() throws Exception {
        JsonNode made = api.post(RESPONSES, question("What did I say?")).ok().body();
        JsonNode items = api.get(path(made) + "/input_items").ok().body();

        assertThat(items.path("object").asText()).isEqualTo("list");
        assertThat(items.at("/data/0/content/0/text").asText()).isEqualTo("What did I say?");
    }

    @Test
    void whatIsNotStoredCannotBeFound() throws Exception {
        JsonNode made = api.post(RESPONSES, question("Keep nothing").put("store", false))
                .ok()
                .body();

        assertThat(api.get(path(made)).status()).isEqualTo(404);
    }

    @Test
    void badRequestsNameTheirField() throws Exception {
        var answer = api.post(RESPONSES, question("x").put("temperature", 17));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().at("/error/param").asText()).isEqualTo("temperature");
        assertThat(answer.body().at("/error/message").asText()).contains("temperature");
        assertThat(api.get(RESPONSES + "/resp_unknown").status()).isEqualTo(404);
    }

    private ObjectNode question(String input) {
        return MAPPER.createObjectNode()
                .put("model", deployment.model())
                .put("input", input)
                .put("max_output_tokens", 24)
                .put("seed", 7)
                .put("temperature", 0.8);
    }

    private List<ServerEvent> all(ObjectNode request) throws Exception {
        try (EventReader events = api.stream(RESPONSES, request)) {
            return events.rest();
        }
    }

    /** The events behind one, or all if {@code after} is negative. */
    private List<ServerEvent> from(String id, int after) throws Exception {
        String where = after < 0 ? "" : "&starting_after=" + after;
        try (EventReader events = api.stream(RESPONSES + "/" + id + "?stream=true" + where)) {
            return events.rest();
        }
    }

    /** What does not depend on who served, and when. */
    private static String story(ServerEvent event) {
        return event.number() + " " + event.type() + " " + event.delta();
    }

    private JsonNode awaitEnd(JsonNode response) throws Exception {
        JsonNode now = response;
        while (List.of("queued", "in_progress").contains(now.path("status").asText())) {
            TimeUnit.MILLISECONDS.sleep(100);
            now = api.get(path(response)).ok().body();
        }
        return now;
    }

    private static String id(JsonNode response) {
        return response.path("id").asText();
    }

    private static String path(JsonNode response) {
        return RESPONSES + "/" + id(response);
    }

    private static String text(JsonNode response) {
        return response.at("/output/0/content/0/text").asText();
    }

    private static String text(List<ServerEvent> events) {
        return events.stream().map(ServerEvent::delta).collect(Collectors.joining());
    }
}
