package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.access.KeySecret;
import io.wanspec.functions.access.KeyedStage;
import io.wanspec.functions.access.Keys;
import io.wanspec.functions.access.LossyProxy;
import io.wanspec.functions.access.Scope;
import io.wanspec.functions.access.WindowRoom;
import io.wanspec.functions.settings.PromptRegions;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A table that takes what a response was asked for, and does not answer when its session is written. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class DurableFirstTest {
    @Test
    void noResponseBeginsBeforeItsSessionIsDurable() throws Exception {
        try (var proxy = new LossyProxy(SharedAwsEmulator.endpoint(), new Random(7), "session#");
                Stage stage = new Stage(Map.of(
                                "wanspec.sessions.table",
                                EmulatedTables.fresh("first"),
                                "wanspec.sessions.endpoint-override",
                                proxy.uri().toString()))
                        .ready()) {
            int passes = stage.target.passes.get();
            proxy.lose(1);
            for (String stream : new String[] {"false", "true"}) {
                var answer = stage.post(
                        "/v1/responses",
                        "{\"model\": \"toy-target\", \"input\": \"Hello\", \"stream\": " + stream + "}");
                assertRefused(answer);
            }
            assertThat(stage.target.passes.get()).isEqualTo(passes);
        }
    }

    /** Neither a completion nor a response that is not stored can be asked for; their budgets must be settled if this function is lost. */
    @Test
    void nothingThatAKeyIsChargedForBeginsBeforeItsSessionIsDurable() throws Exception {
        WindowRoom.ofDay();
        try (var proxy = new LossyProxy(SharedAwsEmulator.endpoint(), new Random(7), "session#");
                var keyed = new KeyedStage(
                        Map.of("wanspec.sessions.endpoint-override", proxy.uri().toString()))) {
            KeySecret secret = keyed.key("team", Scope.usual(), Keys.limits(0, 0, 60, 1), PromptRegions.any());
            int passes = keyed.stage.target.passes.get();
            proxy.lose(1);
            assertRefused(
                    keyed.post(
                            secret,
                            "/v1/chat/completions",
                            "{\"model\": \"toy-target\", \"messages\": [{\"role\": \"user\", \"content\": \"Hi\"}], \"max_tokens\": 40}"));
            proxy.lose(0);
            // What the first had reserved comes back, once the table says what became of its record.
            assertThat(KeyedStage.eventually(() ->
                            keyed.post(secret, "/v1/responses", unstored()).statusCode() == 200))
                    .isTrue();
            assertThat(keyed.stage.target.passes.get()).isGreaterThan(passes);
        }
    }

    private static String unstored() {
        return "{\"model\": \"toy-target\", \"input\": \"Hi\", \"store\": false, \"max_output_tokens\": 40}";
    }

    private static void assertRefused(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
        assertThat(answer.body()).contains("sessions_unavailable");
        assertThat(answer.headers().firstValue("retry-after")).isPresent();
    }
}
