package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.access.LossyProxy;
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
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
                assertThat(answer.body()).contains("sessions_unavailable");
                assertThat(answer.headers().firstValue("retry-after")).isPresent();
            }
            assertThat(stage.target.passes.get()).isEqualTo(passes);
        }
    }
}
