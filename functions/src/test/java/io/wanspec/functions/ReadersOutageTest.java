package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SessionId;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.emulator.toy.ToyTarget;
import io.wanspec.functions.responses.ResponseId;
import io.wanspec.functions.store.Claim;
import io.wanspec.functions.store.SessionHead;
import io.wanspec.functions.store.SessionStatus;
import io.wanspec.functions.store.SessionStore;
import java.net.http.HttpResponse;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job whose worker was lost, and that its reader goes on with: an outage that outlasts a turn leaves it to its next. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class ReadersOutageTest {
    private static final String RESPONSES = "/v1/responses";
    private static final String BODY =
            "{\"model\": \"toy-target\", \"input\": \"Hello\", \"seed\": 5, \"max_output_tokens\": 120%s}";

    /** How long the target is waited for in one turn; without the outage each takes far less. */
    private static final Map<String, Object> SHORT_TURNS = Map.of("wanspec.limits.deadline", "8s");

    @Test
    void theModelIsLostAndComesBack() throws Exception {
        try (TableStage stage = new TableStage(SHORT_TURNS)) {
            String expected = stage.json(TableStage.post(RESPONSES, BODY.formatted("")))
                    .at("/output/0/content/0/text")
                    .textValue();
            SessionId session = lostByItsWorker(stage);
            stage.stage.target.passMillis = 20;
            String path = RESPONSES + "/" + ResponseId.of(session).value() + "?stream=true";
            HttpResponse<Stream<String>> answer = stage.stage.client.send(
                    TableStage.at(stage.stage.server, TableStage.get(path)), HttpResponse.BodyHandlers.ofLines());
            try (Stream<String> lines = answer.body()) {
                assertThat(readThroughAnOutage(stage, session, lines.iterator()))
                        .isEqualTo(expected);
            }
        }
    }

    private static String readThroughAnOutage(TableStage stage, SessionId session, Iterator<String> lines)
            throws Exception {
        StringBuilder text = new StringBuilder();
        boolean broken = false;
        while (lines.hasNext()) {
            String line = lines.next();
            if (!line.startsWith("data: ")) {
                continue;
            }
            JsonNode event = TableStage.MAPPER.readTree(line.substring("data: ".length()));
            switch (event.path("type").textValue()) {
                case "response.output_text.delta" ->
                    text.append(event.path("delta").textValue());
                case "response.completed", "response.incomplete" -> {
                    assertThat(broken).isTrue();
                    return text.toString();
                }
                case "response.failed" -> throw new AssertionError(line);
                default -> {}
            }
            if (!broken && text.length() > 20) {
                broken = true;
                outage(stage, session);
            }
        }
        throw new AssertionError("the stream broke off behind " + text);
    }

    private static void outage(TableStage stage, SessionId session) throws Exception {
        stage.stage.kill("target");
        SessionStore store = stage.other.getApplicationContext().getBean(SessionStore.class);
        assertThat(LifecycleTest.eventually(() -> {
                    SessionHead head = store.head(session).orElseThrow();
                    return store.isLapsed(head) || head.status() != SessionStatus.RUNNING;
                }))
                .isTrue();
        assertThat(store.head(session).orElseThrow().status()).isEqualTo(SessionStatus.RUNNING);
        stage.stage.serve("target", new ToyTarget(ToyLanguage.identity(Stage.MODEL, 'a'), 4, ProtocolVersion.CURRENT));
    }

    /** It has begun, so that a reader may go on with it. */
    private static SessionId lostByItsWorker(TableStage stage) throws Exception {
        JsonNode made = stage.json(TableStage.post(RESPONSES, BODY.formatted(", \"background\": true")));
        SessionId session = new ResponseId(made.at("/id").textValue()).session();
        SessionStore store = stage.other.getApplicationContext().getBean(SessionStore.class);
        store.release(((Claim.Taken) store.claim(session)).record());
        return session;
    }
}
