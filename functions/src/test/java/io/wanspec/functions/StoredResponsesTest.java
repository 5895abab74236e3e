package io.wanspec.functions;

import static io.wanspec.functions.LifecycleTest.eventually;
import static io.wanspec.functions.TableStage.events;
import static io.wanspec.functions.TableStage.get;
import static io.wanspec.functions.TableStage.post;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.follow.TextRecords;
import io.wanspec.functions.idempotency.IdempotencyKey;
import io.wanspec.functions.idempotency.IdempotencyStore;
import io.wanspec.functions.responses.ResponseId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Responses that outlive their request: two functions, one table. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class StoredResponsesTest {
    private static final String PATH = "/v1/responses";
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
    void isThereAsSoonAsItsClientHasIt() throws Exception {
        for (int i = 0; i < 5; i++) {
            JsonNode made = stage.json(post(PATH, body("\"max_output_tokens\": 12")));
            HttpResponse<String> found =
                    stage.send(stage.other, get(PATH + "/" + made.at("/id").textValue()));

            assertThat(found.statusCode()).as(found.body()).isEqualTo(200);
            assertThat(TableStage.MAPPER.readTree(found.body())).isEqualTo(made);
            assertThat(made.at("/status").textValue()).isEqualTo("incomplete");
            assertThat(made.at("/wanspec/ledger/tokens").intValue()).isEqualTo(12);
        }
    }

    @Test
    void aStreamIsRepeatedFromAnyEventToTheByte() throws Exception {
        List<String> first = events(stage.send(post(PATH, body("\"max_output_tokens\": 10, \"stream\": true")))
                .body());
        String path = PATH + "/" + id(first) + "?stream=true";

        assertThat(events(stage.send(stage.other, get(path)).body())).isEqualTo(first);
        for (int after = 0; after < first.size() + 2; after++) {
            String rest = stage.send(stage.other, get(path + "&starting_after=" + after))
                    .body();
            assertThat(events(rest)).isEqualTo(first.subList(Math.min(after + 1, first.size()), first.size()));
        }
    }

    @Test
    void aBrokenStreamGoesOnElsewhere() throws Exception {
        String options = "\"max_output_tokens\": 40, \"stream\": true";
        List<String> undisturbed = events(stage.send(post(PATH, body(options))).body());
        stage.stage.target.passMillis = 60;
        List<String> seen = someEvents(post(PATH, body(options)), 8);
        assertThat(eventually(() -> stage.send(get("/healthz")).body().contains("\"sessions\":0")))
                .as("nobody makes a text that nobody reads")
                .isTrue();
        stage.stage.target.passMillis = 4;

        String path = PATH + "/" + id(seen) + "?stream=true&starting_after=" + (seen.size() - 1);
        List<String> all = new ArrayList<>(seen);
        all.addAll(events(stage.send(stage.other, get(path)).body()));

        assertThat(texts(all)).isEqualTo(texts(undisturbed));
        assertThat(events(
                        stage.send(get(PATH + "/" + id(seen) + "?stream=true")).body()))
                .isEqualTo(all);
    }

    /** As it is where an emulator of the table comes back empty: nobody has cancelled it. */
    @Test
    void oneWhoseRecordIsLostSaysSo() throws Exception {
        stage.stage.target.passMillis = 60;
        var response = stage.stage.client.send(
                TableStage.at(stage.stage.server, post(PATH, body("\"max_output_tokens\": 2000, \"stream\": true"))),
                HttpResponse.BodyHandlers.ofInputStream());
        try (BufferedReader reader = lines(response.body())) {
            List<String> seen = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                seen.add(event(reader));
            }
            var session = new ResponseId(id(seen)).session();
            stage.other.getApplicationContext().getBean(TextRecords.class).delete(session);
            assertThat(events(reader.lines().collect(Collectors.joining("\n", "", "\n")))
                            .getLast())
                    .contains(
                            "response.failed",
                            "its record is gone: it was deleted, or lost with the table that held it");
        }
    }

    /** Its client would send it again by itself if it were told 409 or 5xx, and what was deleted would be made, and charged, anew. */
    @Test
    void whatIsDeletedWhileItIsMadeIsNotAskedForAgain() throws Exception {
        stage.stage.target.passMillis = 60;
        String chat =
                "{\"model\": \"toy-target\", \"max_tokens\": 2000, \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}]}";
        var key = new IdempotencyKey("gone-" + System.nanoTime());
        var waiting = stage.stage.client.sendAsync(
                TableStage.at(
                        stage.stage.server, post("/v1/chat/completions", chat).header("idempotency-key", key.value())),
                HttpResponse.BodyHandlers.ofString());
        ApplicationContext elsewhere = stage.other.getApplicationContext();
        var keys = elsewhere.getBean(IdempotencyStore.class);
        assertThat(eventually(() -> keys.find(Ownership.nobody(), key).isPresent()))
                .isTrue();
        elsewhere
                .getBean(TextRecords.class)
                .delete(keys.find(Ownership.nobody(), key).orElseThrow().facts().session());
        HttpResponse<String> answer = waiting.join();

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(410);
        assertThat(answer.headers().firstValue("retry-after")).isEmpty();
        assertThat(answer.body()).contains("record_gone", "its record is gone").doesNotContain("again");
    }

    @Test
    void onesThatAskWhetherItIsReadyHaveItGoneOnWith() throws Exception {
        stage.stage.target.passMillis = 300;
        List<String> seen = someEvents(post(PATH, body("\"max_output_tokens\": 30, \"stream\": true")), 5);
        stage.stage.target.passMillis = 4;
        String path = PATH + "/" + id(seen);

        assertThat(eventually(() -> stage.send(stage.other, get(path)).body().contains("\"status\":\"incomplete\"")))
                .isTrue();
        assertThat(stage.json(get(path)).at("/usage/output_tokens").intValue()).isEqualTo(30);
    }

    @Test
    void aFunctionThatStandsStillBetweenRequestsLeavesItToTheQueue() throws Exception {
        stage.stage.target.passMillis = 300;
        List<String> seen = someEvents(post(PATH, body("\"max_output_tokens\": 30, \"stream\": true")), 5);
        stage.stage.target.passMillis = 4;
        String path = PATH + "/" + id(seen);
        Map<String, Object> settings = new HashMap<>(stage.settings);
        settings.put("aws.lambda.function.name", "api");
        EmbeddedServer lambda = stage.stage.another(settings);
        try {
            assertThat(eventually(() -> {
                        stage.send(lambda, get(path));
                        return !stage.jobs().isEmpty();
                    }))
                    .isTrue();
            assertThat(stage.send(lambda, get(path)).body()).contains("\"status\":\"in_progress\"");
        } finally {
            lambda.stop();
        }
    }

    @Test
    void manyFollowOneTextHereAndElsewhere() throws Exception {
        stage.stage.target.passMillis = 30;
        var making = stage.stage.client.sendAsync(
                TableStage.at(stage.stage.server, post(PATH, body("\"max_output_tokens\": 40, \"stream\": true"))),
                HttpResponse.BodyHandlers.ofInputStream());
        var reader = lines(making.join().body());
        String path = PATH + "/" + id(List.of(event(reader))) + "?stream=true";
        var here = stage.stage.client.sendAsync(
                TableStage.at(stage.stage.server, get(path)), HttpResponse.BodyHandlers.ofString());
        var elsewhere = stage.stage.client.sendAsync(
                TableStage.at(stage.other, get(path)), HttpResponse.BodyHandlers.ofString());

        List<String> all = events(here.join().body());
        assertThat(all.getLast()).contains("response.incomplete");
        assertThat(events(elsewhere.join().body())).isEqualTo(all);
        reader.close();
    }

    @Test
    void aConversationGoesOn() throws Exception {
        JsonNode first = stage.json(post(PATH, body("\"max_output_tokens\": 6, \"instructions\": \"Be brief\"")));
        String id = first.at("/id").textValue();
        JsonNode second = stage.json(post(
                PATH,
                "{\"model\": \"toy-target\", \"seed\": 3, \"max_output_tokens\": 6, \"input\": \"And then?\","
                        + " \"previous_response_id\": \"" + id + "\"}"));
        JsonNode atOnce = stage.json(post(
                PATH,
                "{\"model\": \"toy-target\", \"seed\": 3, \"max_output_tokens\": 6, \"input\": [{\"role\": \"user\","
                        + " \"content\": \"Hello\"}, " + first.at("/output/0") + ", {\"type\": \"message\", \"role\":"
                        + " \"user\", \"content\": [{\"type\": \"input_text\", \"text\": \"And then?\"}]}]}"));

        assertThat(second.at("/output/0/content")).isEqualTo(atOnce.at("/output/0/content"));
        assertThat(second.at("/usage/input_tokens")).as("no instructions").isEqualTo(atOnce.at("/usage/input_tokens"));
        assertThat(second.at("/previous_response_id").textValue()).isEqualTo(id);
        stage.send(HttpRequest.newBuilder(get(PATH + "/" + id).build().uri()).DELETE());
        JsonNode items = stage.json(get(PATH + "/" + second.at("/id").textValue() + "/input_items?order=asc"));
        assertThat(items.at("/data").findValuesAsText("text"))
                .containsExactly("Hello", first.at("/output/0/content/0/text").textValue(), "And then?");
        assertThat(items.at("/data/1/id")).isEqualTo(first.at("/output/0/id"));
    }

    @Test
    void inputItemsComeInPages() throws Exception {
        StringBuilder messages = new StringBuilder();
        for (int i = 0; i < 5; i++) {
            messages.append(i == 0 ? "" : ", ").append("{\"role\": \"user\", \"content\": \"m" + i + "\"}");
        }
        JsonNode made = stage.json(
                post(PATH, "{\"model\": \"toy-target\", \"max_output_tokens\": 2, \"input\": [" + messages + "]}"));
        String path = PATH + "/" + made.at("/id").textValue() + "/input_items";

        JsonNode newest = stage.json(get(path + "?limit=2"));
        assertThat(newest.at("/data").findValuesAsText("text")).containsExactly("m4", "m3");
        assertThat(newest.at("/has_more").booleanValue()).isTrue();
        JsonNode next =
                stage.json(get(path + "?limit=3&after=" + newest.at("/last_id").textValue()));
        assertThat(next.at("/data").findValuesAsText("text")).containsExactly("m2", "m1", "m0");
        assertThat(next.at("/has_more").booleanValue()).isFalse();
        assertThat(stage.json(get(path + "?order=asc&limit=1"))
                        .at("/data/0/content/0/text")
                        .textValue())
                .isEqualTo("m0");
        assertThat(stage.send(get(path + "?after=nobody")).statusCode()).isEqualTo(400);
        assertThat(stage.send(get(path + "?limit=101")).statusCode()).isEqualTo(400);
        assertThat(stage.send(get(path + "?order=up")).statusCode()).isEqualTo(400);
    }

    @Test
    void whatIsNotThere() throws Exception {
        String gone = PATH + "/resp_00000000000000000000000000000000";
        for (String path : List.of(gone, PATH + "/nobody", gone + "/input_items", gone + "?stream=true")) {
            HttpResponse<String> answer = stage.send(get(path));
            assertThat(answer.statusCode()).as(path).isEqualTo(404);
            assertThat(TableStage.MAPPER
                            .readTree(answer.body())
                            .at("/error/code")
                            .textValue())
                    .isEqualTo("response_not_found");
        }
        assertThat(stage.send(post(gone + "/cancel", "")).statusCode()).isEqualTo(404);
        JsonNode unstored = stage.json(post(PATH, body("\"max_output_tokens\": 2, \"store\": false")));
        assertThat(unstored.at("/store").booleanValue()).isFalse();
        assertThat(stage.send(get(PATH + "/" + unstored.at("/id").textValue())).statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "stream=true&starting_after=-1, starting_after",
        "stream=true&starting_after=x, starting_after",
        "stream=true&starting_after=99999999999, starting_after",
        "starting_after=3, starting_after",
        "stream=yes, stream",
        "include=message.output_text.logprobs, include",
        "banana=1, banana"
    })
    void parametersThatMakeNoSense(String query, String param) throws Exception {
        String id = stage.json(post(PATH, body("\"max_output_tokens\": 2")))
                .at("/id")
                .textValue();
        HttpResponse<String> answer = stage.send(get(PATH + "/" + id + "?" + query));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(TableStage.MAPPER.readTree(answer.body()).at("/error/param").textValue())
                .isEqualTo(param);
    }

    @Test
    void whatCannotBeContinued() throws Exception {
        String unknown = "resp_00000000000000000000000000000000";
        assertThat(continued(unknown).at("/error/code").textValue()).isEqualTo("previous_response_not_found");
        assertThat(continued("banana").at("/error/code").textValue()).isEqualTo("previous_response_not_found");

        String queued = stage.json(post(PATH, body("\"max_output_tokens\": 9, \"background\": true")))
                .at("/id")
                .textValue();
        assertThat(continued(queued).at("/error/message").textValue()).contains("has not ended");
        stage.send(post(PATH + "/" + queued + "/cancel", ""));
        assertThat(continued(queued).at("/error/message").textValue()).contains("was not finished");
    }

    @Test
    void workInTheBackground() throws Exception {
        HttpResponse<String> answer = stage.send(post(PATH, body("\"max_output_tokens\": 9, \"background\": true")));
        JsonNode queued = TableStage.MAPPER.readTree(answer.body());
        String id = queued.at("/id").textValue();
        assertThat(queued.at("/status").textValue()).as(answer.body()).isEqualTo("queued");
        assertThat(stage.json(get(PATH + "/" + id)).at("/status").textValue()).isEqualTo("queued");
        var following = stage.stage.client.sendAsync(
                TableStage.at(stage.stage.server, get(PATH + "/" + id + "?stream=true")),
                HttpResponse.BodyHandlers.ofString());

        stage.work(id);

        List<String> events = events(following.join().body());
        assertThat(events.get(1)).contains("response.queued");
        assertThat(events.getLast()).contains("response.incomplete");
        JsonNode done = stage.json(get(PATH + "/" + id));
        assertThat(done.at("/status").textValue()).isEqualTo("incomplete");
        ObjectNode extension = (ObjectNode) done.at("/wanspec");
        extension.remove("ledger");
        assertThat((JsonNode) extension)
                .isEqualTo(TableStage.MAPPER
                        .readTree(events.getLast().split("data: ", -1)[1])
                        .at("/response/wanspec"));
    }

    @Test
    void workThatIsCancelled() throws Exception {
        String id = stage.json(post(PATH, body("\"max_output_tokens\": 9, \"background\": true")))
                .at("/id")
                .textValue();

        JsonNode cancelled = stage.json(post(PATH + "/" + id + "/cancel", ""));

        assertThat(cancelled.at("/status").textValue()).isEqualTo("cancelled");
        assertThat(stage.json(post(PATH + "/" + id + "/cancel", ""))).isEqualTo(cancelled);
        stage.work(id);
        assertThat(stage.json(get(PATH + "/" + id))).isEqualTo(cancelled);
        assertThat(stage.send(get(PATH + "/" + id + "?stream=true")).body()).contains("\"status\":\"cancelled\"");
    }

    @Test
    void workThatIsCancelledWhileItRunsElsewhere() throws Exception {
        stage.stage.target.passMillis = 400;
        String id = stage.json(post(PATH, body("\"max_output_tokens\": 2000, \"background\": true")))
                .at("/id")
                .textValue();
        stage.work(id);
        assertThat(eventually(() -> stage.json(get(PATH + "/" + id))
                        .at("/status")
                        .textValue()
                        .equals("in_progress")))
                .isTrue();

        assertThat(stage.json(post(PATH + "/" + id + "/cancel", ""))
                        .at("/status")
                        .textValue())
                .isEqualTo("cancelled");
        assertThat(eventually(
                        () -> stage.send(stage.other, get("/healthz")).body().contains("\"sessions\":0")))
                .isTrue();
    }

    @Test
    void onlyWorkInTheBackgroundIsCancelled() throws Exception {
        String id = stage.json(post(PATH, body("\"max_output_tokens\": 2")))
                .at("/id")
                .textValue();
        HttpResponse<String> answer = stage.send(post(PATH + "/" + id + "/cancel", ""));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("background");
    }

    @Test
    void whatIsDeletedIsGone() throws Exception {
        JsonNode made = stage.json(post(PATH, body("\"max_output_tokens\": 2")));
        String path = PATH + "/" + made.at("/id").textValue();
        JsonNode deleted = TableStage.MAPPER.readTree(
                stage.send(HttpRequest.newBuilder(get(path).build().uri()).DELETE())
                        .body());

        assertThat(deleted.at("/deleted").booleanValue()).isTrue();
        assertThat(stage.send(get(path)).statusCode()).isEqualTo(404);
        assertThat(stage.send(get("/v1/wanspec/sessions/"
                                + made.at("/wanspec/session").textValue()))
                        .statusCode())
                .isEqualTo(404);
    }

    /** What was deleted is forgotten, that it was asked for as well. */
    @Test
    void aKeyWhoseAnswerWasDeletedIsFree() throws Exception {
        String key = "delete-" + System.nanoTime();
        String asked = body("\"max_output_tokens\": 2");
        JsonNode first = stage.json(post(PATH, asked).header("idempotency-key", key));
        stage.send(HttpRequest.newBuilder(
                        get(PATH + "/" + first.at("/id").textValue()).build().uri())
                .DELETE());
        HttpResponse<String> again = stage.send(post(PATH, asked).header("idempotency-key", key));

        assertThat(again.statusCode()).as(again.body()).isEqualTo(200);
        JsonNode second = TableStage.MAPPER.readTree(again.body());
        assertThat(second.at("/id")).isNotEqualTo(first.at("/id"));
        assertThat(second.at("/output/0/content/0/text")).isEqualTo(first.at("/output/0/content/0/text"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%2B3", "%D9%A3", "0x1", "3.0", ""})
    void onlyPlainIntegersArePositions(String position) throws Exception {
        HttpResponse<String> answer = stage.send(get(PATH + "/resp_x?stream=true&starting_after=" + position));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(answer.body()).contains("starting_after");
    }

    private static JsonNode continued(String previous) throws IOException, InterruptedException {
        HttpResponse<String> answer = stage.send(post(PATH, body("\"previous_response_id\": \"" + previous + "\"")));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return TableStage.MAPPER.readTree(answer.body());
    }

    private static String body(String options) {
        return "{\"model\": \"toy-target\", \"input\": \"Hello\", \"seed\": 3, " + options + "}";
    }

    /** The first events of a stream, which is then closed. */
    private static List<String> someEvents(HttpRequest.Builder request, int count) throws Exception {
        var answer = stage.stage.client.send(
                TableStage.at(stage.stage.server, request), HttpResponse.BodyHandlers.ofInputStream());
        List<String> events = new ArrayList<>();
        try (BufferedReader reader = lines(answer.body())) {
            while (events.size() < count) {
                events.add(event(reader));
            }
        }
        return events;
    }

    private static BufferedReader lines(InputStream in) {
        return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
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

    private static String id(List<String> events) throws IOException {
        return TableStage.MAPPER
                .readTree(events.getFirst().split("data: ", -1)[1])
                .at("/response/id")
                .textValue();
    }

    /** The deltas, and how it ended. */
    private static List<String> texts(List<String> events) throws IOException {
        List<String> texts = new ArrayList<>();
        for (String event : events) {
            JsonNode data = TableStage.MAPPER.readTree(event.split("data: ", -1)[1]);
            texts.add(
                    data.at("/type").textValue() + data.at("/sequence_number") + data.at("/delta") + data.at("/text"));
        }
        return texts;
    }
}
