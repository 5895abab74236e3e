package io.wanspec.functions.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.Progress;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.session.SessionOutcome.Failed;
import io.wanspec.functions.session.SessionOutcome.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which failures end a session, and which only this function's part in it: its record and its budget depend on it. */
final class SessionOutcomeTest {
    private static final Continuation TAKEN = new Continuation(Progress.none(), "owner", 2, Instant.EPOCH);

    @ParameterizedTest
    @EnumSource(Failure.class)
    void aNewSessionEndsByAnythingButItsMove(Failure failure) {
        assertThat(failed(failure).isLeftToOthers(request(Continuation.fresh())))
                .isEqualTo(failure == Failure.MOVED);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void oneThatIsGoneOnWithWaitsForItsTarget(Failure failure) {
        assertThat(failed(failure).isLeftToOthers(request(TAKEN)))
                .isEqualTo(failure == Failure.MOVED || failure == Failure.TARGET_STARTING);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void backgroundWorkEndsByNoneButTheLossOfItsRecord(Failure failure) {
        assertThat(failed(failure).isLeftToOthers(request(TAKEN).patiently()))
                .isEqualTo(failure != Failure.RECORD_GONE);
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void whoReadsBackgroundWorkLeavesOutagesToTheNextAndNothingElse(Failure failure) {
        assertThat(failed(failure).isLeftToOthers(request(TAKEN).throughOutages()))
                .isEqualTo(failure != Failure.INTERNAL && failure != Failure.RECORD_GONE);
    }

    @Test
    void whatIsFinishedIsFinished() {
        assertThat(new SessionOutcome.Finished(FinishReason.STOP, Ledgers.none(0))
                        .isLeftToOthers(request(TAKEN).patiently()))
                .isFalse();
    }

    private static Failed failed(Failure failure) {
        return new Failed(failure, "why", Ledgers.none(0));
    }

    private static SessionRequest request(Continuation continuation) {
        return new SessionRequest(
                new GenerationRequest(new SessionId("s"), Tokens.of(1), SamplingOptions.greedy(), 4, List.of()),
                Speculation.defaults(),
                FakeEndpoints.MODEL,
                List.of(),
                new LinkTerms(ProtocolVersion.CURRENT, Map.of(), null),
                Account.nobody(),
                0,
                continuation);
    }
}
