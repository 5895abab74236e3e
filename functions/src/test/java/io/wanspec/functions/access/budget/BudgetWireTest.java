package io.wanspec.functions.access.budget;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.Stage;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.KeyedStage;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.access.LossyProxy;
import io.wanspec.functions.access.Scope;
import io.wanspec.functions.access.WindowRoom;
import io.wanspec.functions.responses.ResponseId;
import io.wanspec.functions.settings.PromptRegions;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsAsyncClient;

/** The real server, before a table whose answers about budgets are lost: in the end a key is charged what its answers have. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class BudgetWireTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CHATS = "/v1/chat/completions";
    private static final String SESSION = "x-wanspec-session";

    private final Set<String> sessions = new LinkedHashSet<>();

    @BeforeEach
    void awaitRoom() throws InterruptedException {
        WindowRoom.ofDay();
    }

    @Test
    void whateverIsLostAKeyIsChargedWhatItUsed() throws Exception {
        try (var proxy = new LossyProxy(SharedAwsEmulator.endpoint(), new Random(7), "usage#");
                var keyed = new KeyedStage(
                        Map.of("wanspec.sessions.endpoint-override", proxy.uri().toString()))) {
            KeySecret secret = keyed.key("team", Scope.usual(), Keys.limits(0, 0, 100_000, 4), PromptRegions.any());
            proxy.lose(0.4);
            for (int i = 0; i < 8; i++) {
                note(keyed.post(secret, CHATS, chat(i, "\"max_tokens\": 400, \"stop\": \" \"")));
                note(keyed.post(secret, "/v1/responses", response(i)));
            }
            aClientThatLeaves(keyed, secret);
            twoWithOneKey(keyed, secret);
            proxy.lose(0);

            assertThat(sessions).hasSizeGreaterThan(4);
            for (String session : sessions) {
                assertThat(KeyedStage.eventually(() -> !record(keyed, secret, session)
                                .path("status")
                                .asText()
                                .equals("running")))
                        .as(session)
                        .isTrue();
            }
            long used = used(keyed, secret);
            assertThat(KeyedStage.eventually(() -> charged(keyed, secret) == used))
                    .as("used %d, charged %d", used, charged(keyed, secret))
                    .isTrue();
        }
    }

    /** Its budget has room for one at a time: what the first has reserved is there for the second. */
    @Test
    void whatDoesNotStartCostsNothing() throws Exception {
        try (var proxy = new LossyProxy(SharedAwsEmulator.endpoint(), new Random(7), "response#");
                var keyed = new KeyedStage(
                        Map.of("wanspec.sessions.endpoint-override", proxy.uri().toString()))) {
            KeySecret secret = keyed.key("team", Scope.usual(), Keys.limits(0, 0, 60, 1), PromptRegions.any());
            proxy.lose(1);
            for (int i = 0; i < 3; i++) {
                HttpResponse<String> refused = keyed.post(secret, "/v1/responses", response(i));
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
                assertThat(refused.body()).contains("sessions_unavailable");
            }
            proxy.lose(0);
            HttpResponse<String> served = keyed.post(secret, "/v1/responses", response(9));
            assertThat(served.statusCode()).as(served.body()).isEqualTo(200);
        }
    }

    /** No worker takes it: whoever ends it settles what it reserved. */
    @Test
    void whatIsEndedInTheQueueIsChargedItsPrompt() throws Exception {
        try (var keyed = new KeyedStage(Map.of(
                "wanspec.jobs.queue",
                queue(),
                "wanspec.jobs.endpoint-override",
                SharedAwsEmulator.endpoint().toString()))) {
            KeySecret secret = keyed.key("team", Scope.usual(), Keys.limits(0, 0, 1_000, 0), PromptRegions.any());
            String cancelled = queued(keyed, secret);
            HttpResponse<String> answer = keyed.post(secret, "/v1/responses/" + cancelled + "/cancel", "");
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            String deleted = queued(keyed, secret);
            answer = keyed.send(keyed.with(secret, "/v1/responses/" + deleted).DELETE());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);

            String session = new ResponseId(cancelled).session().value();
            long prompt = record(keyed, secret, session).path("prompt_tokens").asLong();
            assertThat(KeyedStage.eventually(() -> charged(keyed, secret) == 2 * prompt))
                    .as("prompt %d, charged %d", prompt, charged(keyed, secret))
                    .isTrue();
        }
    }

    /** It needs nearly all of the day's budget. */
    private static String queued(KeyedStage keyed, KeySecret secret) throws Exception {
        HttpResponse<String> made = keyed.post(
                secret,
                "/v1/responses",
                "{\"model\": \"toy-target\", \"input\": \"Hello\", \"max_output_tokens\": 900, \"background\": true}");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(200);
        return MAPPER.readTree(made.body()).path("id").asText();
    }

    private static String queue() {
        try (SqsAsyncClient client = SqsAsyncClient.builder()
                .region(Region.US_EAST_1)
                .endpointOverride(SharedAwsEmulator.endpoint())
                .credentialsProvider(Stage.CREDENTIALS)
                .build()) {
            return client.createQueue(q -> q.queueName(SharedAwsEmulator.freshName("budgets")))
                    .join()
                    .queueUrl();
        }
    }

    private void aClientThatLeaves(KeyedStage keyed, KeySecret secret) throws Exception {
        keyed.stage.target.passMillis = 20;
        HttpResponse<InputStream> left = keyed.stage.client.send(
                keyed.posted(secret, CHATS, chat(9, "\"max_tokens\": 2000, \"stream\": true"))
                        .build(),
                HttpResponse.BodyHandlers.ofInputStream());
        if (left.statusCode() == 200) {
            sessions.add(left.headers().firstValue(SESSION).orElseThrow());
            assertThat(left.body().read()).isPositive();
        }
        left.body().close();
        keyed.stage.target.passMillis = 1;
    }

    private void twoWithOneKey(KeyedStage keyed, KeySecret secret) {
        var first = keyed.stage.client.sendAsync(
                keyed.posted(secret, CHATS, chat(10, "\"max_tokens\": 20"))
                        .header("idempotency-key", "one")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        CompletableFuture<HttpResponse<String>> second = keyed.stage.client.sendAsync(
                keyed.posted(secret, CHATS, chat(10, "\"max_tokens\": 20"))
                        .header("idempotency-key", "one")
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        note(first.join());
        note(second.join());
    }

    private void note(HttpResponse<String> answer) {
        answer.headers().firstValue(SESSION).ifPresent(sessions::add);
        assertThat(answer.statusCode()).as(answer.body()).isIn(200, 503);
    }

    private static long charged(KeyedStage keyed, KeySecret secret) {
        Table table = keyed.stage.server.getApplicationContext().getBean(Table.class);
        return UsageItem.read(table.get(ItemKey.head("usage#" + secret.id())).orElse(null))
                .counter(Budget.TOKENS_PER_DAY, System.currentTimeMillis())
                .taken();
    }

    private static JsonNode record(KeyedStage keyed, KeySecret secret, String session) throws Exception {
        return MAPPER.readTree(
                keyed.get(secret, "/v1/wanspec/sessions/" + session).body());
    }

    private long used(KeyedStage keyed, KeySecret secret) throws Exception {
        long used = 0;
        for (String session : sessions) {
            JsonNode record = record(keyed, secret, session);
            used += record.path("prompt_tokens").asLong()
                    + record.path("committed_tokens").asLong();
        }
        return used;
    }

    private static String chat(int seed, String options) {
        return "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], \"seed\": "
                + seed + ", " + options + "}";
    }

    private static String response(int seed) {
        return "{\"model\": \"toy-target\", \"input\": \"Hello\", \"max_output_tokens\": 40, \"seed\": " + seed + "}";
    }
}
