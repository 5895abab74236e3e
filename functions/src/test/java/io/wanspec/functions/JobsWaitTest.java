package io.wanspec.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.ApplicationContext;
import io.wanspec.contracts.SessionId;
import io.wanspec.emulator.sagemaker.EndpointFaults;
import io.wanspec.emulator.sagemaker.Operation;
import io.wanspec.functions.jobs.JobOutcome;
import io.wanspec.functions.jobs.SessionJobs;
import io.wanspec.functions.jobs.StopSignal;
import io.wanspec.functions.responses.ResponseId;
import io.wanspec.functions.resume.Resumption;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.store.SessionStatus;
import io.wanspec.functions.store.SessionStore;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A job whose target has no instance waits for it, and nothing is lost. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class JobsWaitTest {
    private static final String LOADING = "{\"type\":\"failed\",\"code\":\"LOADING\",\"field\":\"\",\"message\":\"m\"}";

    @Test
    void untilTheTargetIsThere() throws Exception {
        try (TableStage stage = new TableStage(Map.of())) {
            ApplicationContext function = stage.other.getApplicationContext();
            SessionStore store = function.getBean(SessionStore.class);
            var jobs = new SessionJobs(function.getBean(Resumption.class), function.getBean(Sessions.class), store);
            JsonNode made = made(
                    stage,
                    TableStage.post(
                            "/v1/responses",
                            "{\"model\": \"toy-target\", \"input\": \"Hello\", \"seed\": 3, \"max_output_tokens\": 20, "
                                    + "\"background\": true}"));
            SessionId session = new ResponseId(made.at("/id").textValue()).session();
            EndpointFaults target = stage.stage.sageMaker.endpoints().faults("target");

            // Several: a connection is also made in advance, by a stream of nobody's.
            target.failModel(Operation.BIDIRECTIONAL_STREAM, 3, 503, LOADING);
            assertThat(jobs.run(session, new StopSignal()))
                    .isInstanceOfSatisfying(
                            JobOutcome.Later.class,
                            later -> assertThat(later.pause()).isEqualTo(Resumption.PAUSE_STARTING));
            assertThat(store.find(session).orElseThrow().status()).isEqualTo(SessionStatus.RUNNING);

            assertThat(LifecycleTest.eventually(() -> jobs.run(session, new StopSignal()) instanceof JobOutcome.Done))
                    .isTrue();
            assertThat(store.find(session).orElseThrow().status()).isEqualTo(SessionStatus.FINISHED);
            assertThat(stage.json(TableStage.get(
                                    "/v1/responses/" + made.at("/id").textValue()))
                            .at("/usage/output_tokens")
                            .intValue())
                    .isEqualTo(20);
        }
    }

    @Test
    void soDoesOneWhoseTargetIsScaledToZero() throws Exception {
        try (TableStage stage = new TableStage(Map.of())) {
            ApplicationContext function = stage.other.getApplicationContext();
            JsonNode made = made(
                    stage,
                    TableStage.post(
                            "/v1/responses",
                            "{\"model\": \"toy-target\", \"input\": \"Hello\", \"background\": true}"));
            SessionId session = new ResponseId(made.at("/id").textValue()).session();
            var jobs = new SessionJobs(
                    function.getBean(Resumption.class),
                    function.getBean(Sessions.class),
                    function.getBean(SessionStore.class));
            stage.stage.kill("target");
            stage.stage
                    .sageMaker
                    .endpoints()
                    .scaleToZero("target", Duration.ofDays(1), List.of(stage.stage.sageMaker.uri()));

            assertThat(LifecycleTest.eventually(
                            () -> jobs.run(session, new StopSignal()) instanceof JobOutcome.Later later
                                    && later.pause().equals(Resumption.PAUSE_STARTING)))
                    .isTrue();
        }
    }

    private static JsonNode made(TableStage stage, HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = stage.send(request);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return TableStage.MAPPER.readTree(answer.body());
    }
}
