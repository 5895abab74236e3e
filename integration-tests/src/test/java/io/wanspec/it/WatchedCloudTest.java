package io.wanspec.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.local.launch.Pace;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes of a running cloud are killed outright while nobody asks for anything: each comes back by itself. */
class WatchedCloudTest {
    private static final AtomicInteger SEEDS = new AtomicInteger();
    private TinyCloud cloud;
    private Http http;

    @BeforeEach
    void start() throws Exception {
        cloud = TinyCloud.shared(10, 0, Pace.NONE);
        http = new Http(cloud.gateway());
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy-draft", "remote-draft"})
    void aDeadDraftIsToldAtTheNextLookAndComesBack(String name) throws Exception {
        JsonNode before = health("ok");
        String place = name.equals("busy-draft") ? "busy-region" : "draft-region";
        kill(name);
        JsonNode dead = draft(health("degraded"), place);
        assertThat(dead.path("state").asText()).isEqualTo("pending");
        assertThat(dead.path("since").asText())
                .isGreaterThan(draft(before, place).path("since").asText());
        assertServes();

        JsonNode back = draft(health("ok"), place);
        assertThat(back.path("since").asText()).isGreaterThan(dead.path("since").asText());
    }

    @Test
    void whileTheTargetIsDownRequestsAreToldToComeBackAndThenItIsThereAgain() throws Exception {
        kill("target");
        HttpResponse<String> refused = http.answer(Http.chat("Hello", 4, 0, 1));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        health("ok");
        assertServes();
    }

    @Test
    void aDeadApiComesBackAtTheSameAddress() throws Exception {
        kill("api");
        HttpResponse<String> refused = http.answer(Http.chat("Hello", 4, 0, 1));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("retry-after")).isPresent();
        health("ok");
        assertServes();
    }

    @Test
    void aDeadAwsEmulatorComesBackWithItsTable() throws Exception {
        kill("DynamoDB, SQS");
        until(
                () -> {
                    String session = assertServes();
                    return http.get("/v1/wanspec/sessions/" + session);
                },
                record -> !record.path("status").asText().isEmpty());
    }

    private void kill(String name) throws Exception {
        ProcessHandle process = cloud.process(name);
        process.destroyForcibly();
        process.onExit().get(1, TimeUnit.MINUTES);
    }

    /** @return the session's id */
    private String assertServes() throws Exception {
        // Health may still be told as it was before a server died.
        for (int i = 0; i < 600 && http.answer(Http.chat("Hello", 1, 0, 1)).statusCode() == 503; i++) {
            Thread.sleep(100);
        }
        JsonNode answer = http.post(Http.chat("Hello", 8, 0.8, SEEDS.incrementAndGet()));
        assertThat(Http.tokenIds(answer)).isNotEmpty();
        return answer.path("id").asText().replaceFirst("^chatcmpl-", "");
    }

    private JsonNode health(String status) throws Exception {
        return until(
                () -> http.get("/healthz"), body -> body.path("status").asText().equals(status));
    }

    private static JsonNode draft(JsonNode health, String place) {
        for (JsonNode draft : health.path("drafts")) {
            if (draft.path("place").asText().equals(place)) {
                return draft;
            }
        }
        throw new AssertionError("no draft in " + place + ": " + health);
    }

    private interface Look {
        JsonNode now() throws Exception;
    }

    /** What was seen last is the failure's message; there is time enough for a busy machine. */
    private static JsonNode until(Look look, Predicate<JsonNode> good) throws Exception {
        JsonNode seen = look.now();
        for (int i = 0; i < 600 && !good.test(seen); i++) {
            Thread.sleep(100);
            seen = look.now();
        }
        assertThat(List.of(seen)).allMatch(good);
        return seen;
    }
}
