package io.wanspec.functions.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.UnauthorizedException;
import io.wanspec.functions.Stage;
import io.wanspec.functions.settings.PromptRegions;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real server asks for keys: what clients see. */
final class AccessTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String CHAT = "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\":"
            + " \"Hello\"}], \"max_tokens\": 20, \"seed\": 3}";
    private static final String CHATS = "/v1/chat/completions";
    private static KeyedStage keyed;

    @BeforeAll
    static void start() throws Exception {
        keyed = new KeyedStage();
    }

    @AfterAll
    static void stop() {
        keyed.close();
    }

    @Test
    void withoutAKeyOnlyHealthIsTold() throws Exception {
        assertThat(keyed.stage.get("/healthz").statusCode()).isEqualTo(200);
        for (HttpResponse<String> answer : List.of(
                keyed.stage.post(CHATS, CHAT), keyed.stage.get("/v1/models"), keyed.stage.get("/nothing/here"))) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
            JsonNode error = MAPPER.readTree(answer.body()).path("error");
            assertThat(error.path("code").asText()).isEqualTo("invalid_api_key");
            assertThat(error.path("type").asText()).isEqualTo("invalid_request_error");
            assertThat(error.path("param").isNull()).isTrue();
        }
    }

    @Test
    void aWrongKeyIsRefusedAndNoneOfItEchoed() throws Exception {
        KeySecret unknown = KeySecret.draw(Keys.RANDOM);
        HttpResponse<String> answer = keyed.post(unknown, CHATS, CHAT);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).contains("invalid_api_key").doesNotContain(unknown.id(), unknown.reveal());
        HttpResponse<String> typo = keyed.send(HttpRequest.newBuilder(keyed.stage.uri("/v1/models"))
                .header("authorization", "Bearer " + unknown.reveal() + "x"));
        assertThat(typo.statusCode()).isEqualTo(401);
        assertThat(typo.body()).contains("not whole").doesNotContain(unknown.id());
    }

    @Test
    void aKeyOpensWhatItsScopesSay() throws Exception {
        KeySecret metrics = keyed.key("ops", EnumSet.of(Scope.METRICS), KeyLimits.none(), PromptRegions.any());
        HttpResponse<String> answer = keyed.post(metrics, CHATS, CHAT);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("insufficient_scope", "inference");
        assertThat(keyed.post(keyed.key("team"), CHATS, CHAT).statusCode()).isEqualTo(200);
    }

    @Test
    void openAisClientKnowsTheErrors() {
        OpenAIClient wrong = client(KeySecret.draw(Keys.RANDOM));
        OpenAIClient narrow =
                client(keyed.key("ops", EnumSet.of(Scope.METRICS), KeyLimits.none(), PromptRegions.any()));
        OpenAIClient right = client(keyed.key("team"));
        try {
            assertThatThrownBy(() -> wrong.models().list())
                    .isInstanceOfSatisfying(
                            UnauthorizedException.class,
                            e -> assertThat(e.code()).contains("invalid_api_key"));
            assertThatThrownBy(() -> narrow.models().list()).isInstanceOf(PermissionDeniedException.class);
            assertThat(right.models().list().data()).hasSize(1);
        } finally {
            wrong.close();
            narrow.close();
            right.close();
        }
    }

    @Test
    void aRevokedKeyThatNobodyRemembersOpensNothing() throws Exception {
        KeySecret secret = keyed.key("team");
        keyed.keys.revoke(secret.id(), Instant.now());
        assertThat(keyed.get(secret, "/v1/models").statusCode()).isEqualTo(401);
    }

    @Test
    void requestsBeyondTheLimitAreToldWhenToComeBack() throws Exception {
        KeySecret secret = keyed.key("busy", Scope.usual(), Keys.limits(2, 100_000, 0, 0), PromptRegions.any());
        WindowRoom.ofMinute();
        // On a slow machine a minute may end in between: then there are two more.
        HttpResponse<String> answer = keyed.post(secret, CHATS, CHAT);
        assertThat(answer.headers().firstValue("x-ratelimit-limit-requests")).contains("2");
        assertThat(answer.headers().firstValue("x-ratelimit-remaining-requests"))
                .contains("1");
        assertThat(answer.headers().firstValue("x-ratelimit-reset-requests").orElseThrow())
                .matches("([0-5]?[0-9]s|[0-9]{1,3}ms|1m0s)");
        assertThat(answer.headers().firstValue("x-ratelimit-limit-tokens")).contains("100000");
        for (int i = 0; i < 5 && answer.statusCode() == 200; i++) {
            answer = keyed.post(secret, CHATS, CHAT);
        }
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.body()).contains("rate_limit_exceeded", "2 requests per minute");
        assertThat(Integer.parseInt(answer.headers().firstValue("retry-after").orElseThrow()))
                .isBetween(1, 60);
        assertThat(answer.headers().firstValue("x-ratelimit-remaining-requests"))
                .contains("0");
        assertThat(keyed.get(secret, "/v1/models").statusCode())
                .as("reading is not counted")
                .isEqualTo(200);
    }

    @Test
    void aRequestLargerThanTheBudgetIsNotWorthATry() throws Exception {
        KeySecret secret = keyed.key("small", Scope.usual(), Keys.limits(0, 25, 0, 0), PromptRegions.any());
        HttpResponse<String> answer = keyed.post(secret, CHATS, CHAT.replace("20", "2000"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
        assertThat(answer.headers().firstValue("x-should-retry")).contains("false");
        assertThat(answer.headers().firstValue("retry-after")).isEmpty();
        assertThat(answer.body()).contains("25 tokens per minute", "max_tokens");
    }

    @Test
    void whatAnAnswerDidNotUseIsThereForTheNext() throws Exception {
        WindowRoom.ofDay();
        KeySecret secret = keyed.key("day", Scope.usual(), Keys.limits(0, 0, 300, 1), PromptRegions.any());
        for (int i = 0; i < 3; i++) {
            HttpResponse<String> answer = keyed.post(
                    secret, CHATS, CHAT.replace("20", "200").replace("\"seed\"", "\"stop\": \" \", \"seed\""));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        }
        assertThat(KeyedStage.eventually(() -> keyed.usage.days(secret.id()).stream()
                        .anyMatch(day -> day.requests() == 3 && day.tokens() > 0 && day.tokens() < 300)))
                .as("%s", keyed.usage.days(secret.id()))
                .isTrue();
    }

    @Test
    void answersAtOnceAreCountedAndTheirPlacesComeBack() throws Exception {
        KeySecret secret = keyed.key("one", Scope.usual(), Keys.limits(0, 0, 0, 1), PromptRegions.any());
        keyed.stage.target.passMillis = 40;
        try {
            var running = keyed.stage.client.sendAsync(
                    keyed.posted(
                                    secret,
                                    CHATS,
                                    CHAT.replace("20", "3000").replace("{\"model", "{\"stream\": true, \"model"))
                            .build(),
                    HttpResponse.BodyHandlers.ofInputStream());
            try (var stream = running.join().body()) {
                assertThat(stream.read()).isPositive();
                HttpResponse<String> second = keyed.post(secret, CHATS, CHAT);
                assertThat(second.statusCode()).isEqualTo(429);
                assertThat(second.body()).contains("1 answers at once");
                assertThat(second.headers().firstValue("retry-after")).contains("1");
            }
        } finally {
            keyed.stage.target.passMillis = 0;
        }
        assertThat(KeyedStage.eventually(() -> keyed.post(secret, CHATS, CHAT).statusCode() == 200))
                .as("the client left")
                .isTrue();
    }

    @Test
    void aKeyWhosePromptsMayNotBeSeenWhereTheModelIsIsRefused() throws Exception {
        KeySecret secret = keyed.key("eu", Scope.usual(), KeyLimits.none(), PromptRegions.parse("eu-west-1"));
        int passes = keyed.stage.target.passes.get();
        HttpResponse<String> answer = keyed.post(secret, CHATS, CHAT);
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("region_not_allowed", "us-east-1");
        assertThat(keyed.stage.target.passes.get()).isEqualTo(passes);
    }

    @Test
    void noServerStartsOpenToOthers() {
        assertThatThrownBy(() -> new Stage(Map.of("micronaut.server.host", "0.0.0.0")))
                .hasStackTraceContaining("wanspec.access.required");
        assertThatThrownBy(() -> new Stage(Map.of("wanspec.access.required", "true")))
                .hasStackTraceContaining("wanspec.sessions.table");
    }

    private static OpenAIClient client(KeySecret key) {
        return OpenAIOkHttpClient.builder()
                .baseUrl(keyed.stage.uri("/v1").toString())
                .apiKey(key.reveal())
                .maxRetries(0)
                .build();
    }
}
