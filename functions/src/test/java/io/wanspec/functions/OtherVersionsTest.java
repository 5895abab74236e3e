package io.wanspec.functions;

import static io.wanspec.functions.LifecycleTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.wanspec.contracts.CallerId;
import io.wanspec.contracts.ProtocolVersion;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Regions are upgraded one after the other: endpoints of the version before are used, others are refused with a reason. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class OtherVersionsTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static final ProtocolVersion TWO = new ProtocolVersion(2);

    @ParameterizedTest
    @CsvSource({"2, 2", "2, 3", "3, 2", "3, 3"})
    void endpointsOfTheVersionBeforeServeEveryModeAsOthersDo(int target, int drafts) throws Exception {
        try (Stage stage = new Stage(Map.of(), new ProtocolVersion(target), new ProtocolVersion(drafts)).ready()) {
            JsonNode alone = ledger(stage, "target-only");
            JsonNode wanspec = ledger(stage, "wanspec");
            JsonNode colocated = ledger(stage, "colocated");

            assertThat(wanspec.at("/text")).isEqualTo(alone.at("/text"));
            assertThat(colocated.at("/text")).isEqualTo(alone.at("/text"));
            assertThat(wanspec.at("/remoteDraftPasses").asInt()).isPositive();
            assertThat(wanspec.at("/targetPasses").asInt())
                    .isLessThan(alone.at("/targetPasses").asInt());
            assertThat(colocated.at("/busyDraftPasses").asInt()).isPositive();
            JsonNode health = MAPPER.readTree(stage.get("/healthz").body());
            assertThat(health.at("/target/protocol").asInt()).isEqualTo(target);
            assertThat(health.at("/drafts/0/protocol").asInt()).isEqualTo(drafts);
        }
    }

    @Test
    void onlyAnEndpointThatKnowsOfCallersIsToldOne() throws Exception {
        try (Stage stage = new Stage(Map.of(), ProtocolVersion.CURRENT, TWO).ready()) {
            assertThat(ledger(stage, "wanspec").at("/remoteDraftPasses").asInt())
                    .isPositive();
            assertThat(stage.target.protocol.callers).containsExactly(CallerId.of("somebody"));
            assertThat(stage.remote.protocol.callers).isEmpty();
        }
    }

    /** It would ignore them, and make another text. */
    @Test
    void aTargetThatKnowsNoRulesIsAskedForNone() throws Exception {
        try (Stage stage = new Stage(Map.of(), TWO, ProtocolVersion.CURRENT).ready()) {
            var answer = stage.post(
                    "/v1/chat/completions", chat("wanspec").replace("\"seed\"", "\"frequency_penalty\": 1, \"seed\""));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
            assertThat(answer.body()).contains("target_too_old");
        }
    }

    /** Its drafts are right less often. */
    @Test
    void aDraftThatKnowsNoRulesIsToldNone() throws Exception {
        try (Stage stage = new Stage(Map.of(), ProtocolVersion.CURRENT, TWO).ready()) {
            var answer = stage.post(
                    "/v1/chat/completions", chat("wanspec").replace("\"seed\"", "\"frequency_penalty\": 1, \"seed\""));

            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            assertThat(MAPPER.readTree(answer.body())
                            .at("/wanspec/ledger/remoteDraftPasses")
                            .asInt())
                    .isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"1, too old", "4, too new"})
    void aTargetOfAnotherVersionIsRefusedWithBothVersionsAndTheRemedy(int number, String why) throws Exception {
        try (Stage stage = new Stage(Map.of(), new ProtocolVersion(number), TWO)) {
            var answer = stage.post("/v1/chat/completions", chat("wanspec"));

            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("target_refused", sentence(number, why));
            assertThat(stage.get("/healthz").body()).contains(sentence(number, why));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, too old", "4, too new"})
    void aWorkerOfAnotherVersionIsLeftOutAndHealthSaysWhy(int number, String why) throws Exception {
        try (Stage stage = new Stage(Map.of(), TWO, new ProtocolVersion(number))) {
            JsonNode ledger = ledger(stage, "wanspec");

            assertThat(ledger.at("/tokens").asInt()).isPositive();
            assertThat(ledger.at("/remoteDraftPasses").asInt()).isZero();
            assertThat(eventually(() -> stage.get("/healthz").body().contains(sentence(number, why))))
                    .as(stage.get("/healthz").body())
                    .isTrue();
        }
    }

    private static String sentence(int number, String why) {
        return "protocol version mismatch: this side speaks 2 to 3, the peer " + number + " (" + why
                + "); deploy a newer WANSpec release";
    }

    private static JsonNode ledger(Stage stage, String mode) throws Exception {
        var answer = stage.post("/v1/chat/completions", chat(mode));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return MAPPER.readTree(answer.body()).at("/wanspec/ledger");
    }

    private static String chat(String mode) {
        return "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello\"}], \"user\":"
                + " \"somebody\", \"max_tokens\": 60, \"seed\": 77, \"temperature\": 0.8, \"wanspec\": {\"mode\": \""
                + mode + "\", \"include_token_ids\": true}}";
    }
}
