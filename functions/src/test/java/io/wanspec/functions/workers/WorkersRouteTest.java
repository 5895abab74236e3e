package io.wanspec.functions.workers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.relay.Ticket;
import io.wanspec.contracts.relay.TicketSeal;
import io.wanspec.functions.Stage;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.KeyedStage;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.table.Table;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The real server's way in for workers on site: a token opens it and nothing else, and nothing else opens it. */
final class WorkersRouteTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final String JOIN = "/v1/wanspec/workers/join";
    private static final String TICKET_KEY = "a key that nobody can guess, as we hope";
    private static final Map<String, Object> ON_SITE = Map.of(
            "wanspec.on-site.ticket-key",
            TICKET_KEY,
            "wanspec.on-site.relay.region",
            "us-east-1",
            "wanspec.on-site.relay.endpoint",
            "relay",
            "wanspec.on-site.relay.endpoint-override",
            "http://127.0.0.1:1");
    private static final String BODY =
            "{\"instance\": \"a1b2c3d4\", \"slots\": 2, \"protocol\": 3, \"model\": {\"name\":"
                    + " \"tiny\", \"tokenizer\": \"" + "a".repeat(64) + "\", \"weights\": \"" + "b".repeat(64)
                    + "\", \"vocabulary\": 256, \"context_tokens\": 512}}";
    private static KeyedStage keyed;

    @BeforeAll
    static void start() throws Exception {
        keyed = new KeyedStage(ON_SITE);
    }

    @AfterAll
    static void stop() {
        keyed.close();
    }

    private static WorkerTokens tokens() {
        return new WorkerTokens(keyed.stage.server.getApplicationContext().getBean(Table.class));
    }

    private static KeySecret token() {
        KeySecret secret = KeySecret.draw(Keys.RANDOM);
        tokens().create(SiteTokens.of(secret, new WorkerScope("campus", 4, 2, Set.of())));
        return secret;
    }

    @Test
    void aTokenGetsATicketThatTheRelayCanOpen() throws Exception {
        KeySecret token = token();
        HttpResponse<String> answer = keyed.post(token, JOIN, BODY);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        JsonNode json = MAPPER.readTree(answer.body());
        Ticket ticket = TicketSeal.of(TICKET_KEY)
                .open(json.path("ticket").asText(), Instant.now())
                .orElseThrow();
        assertThat(ticket.worker().value()).isEqualTo(token.id() + ".a1b2c3d4");
        assertThat(json.at("/relay/endpoint").asText()).isEqualTo("relay");
        assertThat(json.at("/relay/url").asText()).isEqualTo("http://127.0.0.1:1");
        assertThat(json.has("credentials")).isFalse();
        assertThat(answer.body()).doesNotContain(TICKET_KEY);
        assertThat(keyed.stage
                        .server
                        .getApplicationContext()
                        .getBean(Roster.class)
                        .with(token.id()))
                .hasSize(1);
    }

    @Test
    void aTokenOpensNothingElseAndNoOtherKeyOpensThis() throws Exception {
        KeySecret token = token();
        assertThat(keyed.get(token, "/v1/models").statusCode()).isEqualTo(403);
        assertThat(keyed.post(token, "/v1/chat/completions", "{}").statusCode()).isEqualTo(403);
        assertThat(keyed.post(keyed.key("team"), JOIN, BODY).statusCode()).isEqualTo(403);
        assertThat(keyed.stage.post(JOIN, BODY).statusCode()).isEqualTo(401);
    }

    @Test
    void aRevokedTokenIsRefusedAtOnceAlsoWhereKeysAreRemembered() throws Exception {
        KeySecret token = token();
        assertThat(keyed.post(token, JOIN, BODY).statusCode()).isEqualTo(200);
        tokens().revoke(token.id(), Instant.now());
        assertThat(keyed.post(token, JOIN, BODY).statusCode()).isEqualTo(401);
    }

    @Test
    void whatIsNotUnderstoodIsNamed() throws Exception {
        KeySecret token = token();
        for (Map.Entry<String, String> bad : Map.of(
                        BODY.replace("\"slots\": 2", "\"slots\": 65"),
                        "slots",
                        BODY.replace("a1b2c3d4", "A!"),
                        "instance",
                        BODY.replace("\"slots\": 2, ", ""),
                        "slots",
                        BODY.replace("\"slots\"", "\"slot\""),
                        "slots",
                        BODY.replace("aaaa", "zzzz"),
                        "tokenizer")
                .entrySet()) {
            HttpResponse<String> answer = keyed.post(token, JOIN, bad.getKey());
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).contains(bad.getValue());
        }
    }

    @Test
    void whereNoKeysAreAskedForAWorkerStillShowsAToken() throws Exception {
        KeySecret token = token();
        var settings = new HashMap<String, Object>(ON_SITE);
        settings.put("wanspec.access.required", "false");
        try (KeyedStage open = new KeyedStage(settings)) {
            assertThat(open.stage.post(JOIN, BODY).statusCode()).isEqualTo(401);
            assertThat(open.post(token, JOIN, BODY).statusCode()).isEqualTo(401);
            new WorkerTokens(open.stage.server.getApplicationContext().getBean(Table.class))
                    .create(SiteTokens.of(token, new WorkerScope("campus", 4, 2, Set.of())));
            KeySecret usual = open.key("team");
            assertThat(open.post(usual, JOIN, BODY).statusCode()).isEqualTo(401);
            HttpRequest.Builder first = open.posted(KeySecret.draw(Keys.RANDOM), JOIN, BODY);
            assertThat(open.send(first).statusCode()).isEqualTo(401);
        }
    }

    @Test
    void withoutTheSettingThereIsNoWayIn() throws Exception {
        try (Stage stage = new Stage(Map.of()).ready()) {
            HttpResponse<String> answer = stage.post(JOIN, BODY);
            assertThat(answer.statusCode()).isEqualTo(404);
            assertThat(answer.body()).contains("no_workers_on_site");
        }
    }
}
