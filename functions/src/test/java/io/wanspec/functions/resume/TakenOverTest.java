package io.wanspec.functions.resume;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.session.LinkTerms;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.SessionSink;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.ServingLimits;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.store.Claim;
import io.wanspec.functions.store.SessionStatus;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.table.TableModel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A function that works at a session is told that it is no longer its own, and never writes again. */
@Timeout(180)
final class TakenOverTest {
    private static final SessionId ID = new SessionId("s");
    private static final HalvesTarget TARGET = new HalvesTarget();

    private final TestTime time = new TestTime(Instant.parse("2026-11-01T12:00:00Z"));
    private final TableModel table = new TableModel(time);
    private final StoreSettings settings =
            new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofNanos(1), 1_000_000);

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"WANSPEC", "TARGET_ONLY"})
    void becauseAnotherOneHasTakenIt(Mode mode) throws Exception {
        var client = new Client();
        try (var mine = new SessionStore(table, settings, time);
                var yours = new SessionStore(table, settings, time);
                var sessions = sessions(mine)) {
            start(sessions, mode, client);
            client.begun.await();
            Claim.Taken taken = takeWhenItsLeaseRunsOut(yours);

            assertThat(client.end.get())
                    .isInstanceOfSatisfying(
                            SessionOutcome.Failed.class,
                            failed -> assertThat(failed.failure()).isEqualTo(SessionOutcome.Failure.MOVED));
            assertThat(mine.awaitWritten(ID, Duration.ofSeconds(30))).isTrue();
            var record = yours.find(ID).orElseThrow();
            assertThat(record.head().lease().owner())
                    .isEqualTo(taken.record().head().lease().owner());
            assertThat(record.progress())
                    .as("nothing was written since")
                    .isEqualTo(taken.record().progress());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"WANSPEC", "TARGET_ONLY"})
    void becauseSomebodyCancelledIt(Mode mode) throws Exception {
        var client = new Client();
        try (var mine = new SessionStore(table, settings, time);
                var yours = new SessionStore(table, settings, time);
                var sessions = sessions(mine)) {
            start(sessions, mode, client);
            client.begun.await();
            assertThat(yours.cancel(ID, _ -> {})).isTrue();

            assertThat(client.end.get())
                    .isInstanceOfSatisfying(
                            SessionOutcome.Finished.class,
                            finished -> assertThat(finished.reason()).isEqualTo(FinishReason.CANCELLED));
            mine.awaitWritten(ID, Duration.ofSeconds(30));
            assertThat(yours.find(ID).orElseThrow().status()).isEqualTo(SessionStatus.CANCELLED);
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Mode.class,
            names = {"WANSPEC", "TARGET_ONLY"})
    void becauseItGaveItBack(Mode mode) throws Exception {
        var client = new Client();
        try (var mine = new SessionStore(table, settings, time);
                var yours = new SessionStore(table, settings, time);
                var sessions = sessions(mine)) {
            start(sessions, mode, client);
            client.begun.await();
            assertThat(sessions.handOver(ID)).isTrue();
            assertThat(client.end.get()).isInstanceOf(SessionOutcome.Failed.class);
            mine.awaitWritten(ID, Duration.ofSeconds(30));

            assertThat(yours.claim(ID)).as("at once").isInstanceOf(Claim.Taken.class);
        }
    }

    /** The table's time passes; the function's own threads renew by it whenever they write. */
    private Claim.Taken takeWhenItsLeaseRunsOut(SessionStore yours) {
        while (true) {
            time.pass(Duration.ofSeconds(11));
            if (yours.claim(ID) instanceof Claim.Taken taken) {
                return taken;
            }
        }
    }

    private static Sessions sessions(SessionStore store) {
        return new Sessions(ServingLimits.defaults(), TARGET, TARGET, TARGET, () -> List.of(store.recorder()));
    }

    private static void start(Sessions sessions, Mode mode, Client client) {
        var request = new SessionRequest(
                new GenerationRequest(ID, Tokens.of(1, 2, 4), new SamplingOptions(0.8, 0, 1, 77), 4_000, List.of()),
                mode == Mode.TARGET_ONLY ? Speculation.targetOnly() : Speculation.defaults(),
                KilledFunctionTest.MODEL,
                List.of(),
                new LinkTerms(ProtocolVersion.CURRENT, Map.of(), null),
                Account.nobody(),
                System.nanoTime());
        try (var admission = sessions.admit()) {
            admission.start(request, client);
        }
    }

    private static final class Client implements SessionSink {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CompletableFuture<SessionOutcome> end = new CompletableFuture<>();

        @Override
        public boolean text(List<String> pieces) {
            begun.countDown();
            return true;
        }

        @Override
        public void ended(SessionOutcome outcome) {
            end.complete(outcome);
        }
    }
}
