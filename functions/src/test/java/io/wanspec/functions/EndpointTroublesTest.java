package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wanspec.emulator.sagemaker.EndpointFaults;
import io.wanspec.emulator.sagemaker.Operation;
import io.wanspec.emulator.sagemaker.StreamEnd;
import io.wanspec.emulator.toy.ToyContainer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What SageMaker does to its callers, injected on the wire: a request that was let in gets its text, or a clear word. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class EndpointTroublesTest {
    private static final String OVERLOADED =
            "{\"type\":\"failed\",\"code\":\"OVERLOADED\",\"field\":\"\",\"message\":\"m\"}";
    private static final String LOADING = "{\"type\":\"failed\",\"code\":\"LOADING\",\"field\":\"\",\"message\":\"m\"}";
    private static final int TOKENS = 60;

    private Stage stage;
    private Asked asked;
    private EndpointFaults atTarget;

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(Map.of()).ready();
        asked = new Asked(stage);
        atTarget = stage.sageMaker.endpoints().faults("target");
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void throttledCallsAndStreamsAreAskedForAgain() throws Exception {
        JsonNode undisturbed = asked.ledger("target-only", TOKENS, 1);
        atTarget.throttle(Operation.INVOKE, 2).throttle(Operation.BIDIRECTIONAL_STREAM, 4);
        stage.sageMaker.endpoints().faults("remote").throttle(Operation.BIDIRECTIONAL_STREAM, 1);

        assertThat(asked.ledger("wanspec", TOKENS, 1).at("/tokenIds")).isEqualTo(undisturbed.at("/tokenIds"));
        assertThat(atTarget.isSpent()).isTrue();

        atTarget.throttle(Operation.RESPONSE_STREAM, 3);
        assertThat(asked.ledger("target-only", TOKENS, 1).at("/tokenIds")).isEqualTo(undisturbed.at("/tokenIds"));
        assertThat(atTarget.isSpent()).isTrue();
    }

    @Test
    void aModelServerWithTooMuchToDoIsAskedAgain() throws Exception {
        atTarget.failModel(Operation.INVOKE, 3, 503, OVERLOADED)
                .failModel(Operation.BIDIRECTIONAL_STREAM, 3, 503, OVERLOADED);

        asked.ledger("wanspec", TOKENS, 2);
        assertThat(atTarget.isSpent()).isTrue();
    }

    /** The order of ends is what SageMaker does after thirty minutes; the others come at any time. */
    @ParameterizedTest
    @EnumSource(StreamEnd.class)
    void aStreamThatIsCutOffAnywhereIsOpenedAgain(StreamEnd how) throws Exception {
        for (int parts = 0; parts < 6; parts++) {
            JsonNode undisturbed = asked.ledger("target-only", TOKENS, parts);
            atTarget.cut(Operation.BIDIRECTIONAL_STREAM, 2, parts, how);
            stage.sageMaker.endpoints().faults("remote").cut(Operation.BIDIRECTIONAL_STREAM, 1, parts, how);

            assertThat(asked.ledger("wanspec", TOKENS, parts).at("/tokenIds")).isEqualTo(undisturbed.at("/tokenIds"));
            assertThat(atTarget.isSpent()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(StreamEnd.class)
    void soIsADraftLinkThatIsMadeOfCalls(StreamEnd how) throws Exception {
        for (String endpoint : List.of("target", "remote", "busy")) {
            stage.sageMaker.endpoints().faults(endpoint).without(Operation.BIDIRECTIONAL_STREAM);
        }
        JsonNode undisturbed = asked.ledger("target-only", TOKENS, 5);
        stage.sageMaker.endpoints().faults("remote").cut(Operation.RESPONSE_STREAM, 2, 1, how);
        atTarget.throttle(Operation.INVOKE, 3);

        assertThat(asked.ledger("wanspec", TOKENS, 5).at("/tokenIds")).isEqualTo(undisturbed.at("/tokenIds"));
    }

    @Test
    void aTargetAtZeroIsSaidToBeStartingUntilItIsThere() throws Exception {
        stage.kill("target");
        try (var container = ToyContainer.of(stage.target)) {
            stage.sageMaker.endpoints().scaleToZero("target", Duration.ofDays(1), List.of(container.uri()));
            for (String mode : List.of("wanspec", "target-only")) {
                HttpResponse<String> answer = asked.post(mode, TOKENS, 1);
                assertThat(answer.statusCode()).isEqualTo(503);
                assertThat(answer.body()).contains("target_starting");
                assertThat(answer.headers().firstValue("retry-after")).contains("30");
            }
            stage.sageMaker.endpoints().put("target", container.uri());
            assertThat(LifecycleTest.eventually(
                            () -> asked.post("wanspec", 4, 1).statusCode() == 200))
                    .isTrue();
        }
    }

    @Test
    void soIsOneWhoseModelIsBeingLoaded() throws Exception {
        // Several: a connection is also made in advance, by a stream of nobody's.
        atTarget.failModel(Operation.BIDIRECTIONAL_STREAM, 3, 503, LOADING);
        assertThat(asked.post("wanspec", TOKENS, 1).body()).contains("target_starting");

        atTarget.notReady(Operation.RESPONSE_STREAM, 1);
        assertThat(asked.post("target-only", TOKENS, 1).body()).contains("target_starting");
    }

    @Test
    void withoutAnyDraftTheTargetServesAloneAndTheDraftsAreLookedAtAgain() throws Exception {
        JsonNode undisturbed = asked.ledger("target-only", TOKENS, 7);
        for (String draft : List.of("remote", "busy")) {
            stage.kill(draft);
        }
        try (var remote = ToyContainer.of(stage.remote);
                var busy = ToyContainer.of(stage.busy)) {
            stage.sageMaker.endpoints().scaleToZero("remote", Duration.ofDays(1), List.of(remote.uri()));
            stage.sageMaker.endpoints().scaleToZero("busy", Duration.ofDays(1), List.of(busy.uri()));
            JsonNode alone = asked.ledger("wanspec", TOKENS, 7);
            assertThat(alone.at("/tokenIds")).isEqualTo(undisturbed.at("/tokenIds"));
            assertThat(alone.at("/remoteDraftPasses").asInt()
                            + alone.at("/busyDraftPasses").asInt())
                    .isZero();

            stage.sageMaker.endpoints().put("remote", remote.uri());
            stage.sageMaker.endpoints().put("busy", busy.uri());
            assertThat(LifecycleTest.eventually(() -> asked.ledger("wanspec", TOKENS, 7)
                                    .at("/remoteDraftPasses")
                                    .asInt()
                            > 0))
                    .isTrue();
        }
    }
}
