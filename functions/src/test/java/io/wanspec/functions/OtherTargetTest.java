package io.wanspec.functions;

import static io.wanspec.functions.LifecycleTest.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micronaut.context.ApplicationContext;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SessionId;
import io.wanspec.emulator.toy.ToyTarget;
import io.wanspec.functions.link.Endpoints;
import io.wanspec.functions.link.Handshake;
import io.wanspec.functions.responses.ResponseId;
import io.wanspec.functions.resume.Resumable;
import io.wanspec.functions.resume.Resumption;
import io.wanspec.functions.store.SessionStatus;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may go on with a session that nobody has: the target that began it, and no other. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class OtherTargetTest {
    private static final String RESPONSES = "/v1/responses";

    static List<Arguments> others() {
        return List.of(
                Arguments.of(TableStage.replacing('c', 'a'), "the model was replaced"),
                Arguments.of(TableStage.replacing('b', 'd'), "the model's tokenizer was replaced"));
    }

    @ParameterizedTest
    @MethodSource("others")
    void anotherOneDoesNotGoOnWithItsText(ModelIdentity other, String reason) throws Exception {
        try (TableStage stage = new TableStage(Map.of())) {
            SessionId session = queued(stage);
            stage.stage.replace("target", new ToyTarget(other, 4, ProtocolVersion.CURRENT));
            assertThat(resumed(stage, session)).isInstanceOfSatisfying(Resumable.Ended.class, ended -> {
                assertThat(ended.record().id()).isEqualTo(session);
                assertThat(ended.record().status()).isEqualTo(SessionStatus.FAILED);
                assertThat(ended.record().failure()).contains(reason);
                assertThat(ended.record().committed().size()).isZero();
            });
            JsonNode told = stage.json(
                    TableStage.get(RESPONSES + "/" + ResponseId.of(session).value()));
            assertThat(told.at("/status").textValue()).isEqualTo("failed");
            assertThat(told.at("/error/message").textValue()).contains(reason);
        }
    }

    @Test
    void whatWasTakenAndIsGivenBackCanBeTakenAtOnce() throws Exception {
        try (TableStage stage = new TableStage(Map.of())) {
            SessionId session = queued(stage);
            Resumption resumption = stage.other.getApplicationContext().getBean(Resumption.class);
            var ready = (Resumable.Ready) resumption.resume(session);
            assertThat(resumption.resume(session)).isInstanceOf(Resumable.Later.class);
            resumption.giveBack(ready);
            assertThat(resumption.resume(session)).isInstanceOf(Resumable.Ready.class);
        }
    }

    private static Resumable resumed(TableStage stage, SessionId session) throws Exception {
        ApplicationContext function = stage.other.getApplicationContext();
        Endpoints endpoints = function.getBean(Endpoints.class);
        endpoints.refresh(Duration.ZERO, Duration.ofSeconds(20));
        assertThat(eventually(() -> endpoints.targetState() instanceof Handshake.Agreed))
                .isTrue();
        return function.getBean(Resumption.class).resume(session);
    }

    private static SessionId queued(TableStage stage) throws Exception {
        JsonNode made = stage.json(
                TableStage.post(RESPONSES, "{\"model\": \"toy-target\", \"input\": \"Hello\", \"background\": true}"));
        return new ResponseId(made.at("/id").textValue()).session();
    }
}
