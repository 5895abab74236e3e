package io.wanspec.functions.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.Progress;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.session.LinkTerms;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.StoreSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemResponse;

/** A session's record ends with it, whatever fails. */
final class SessionRecorderTest {
    private static final Tokens COMMITTED = Tokens.of(7, 8);
    private static final SessionRequest REQUEST = new SessionRequest(
            new GenerationRequest(new SessionId("s"), Tokens.of(1), SamplingOptions.greedy(), 5, List.of()),
            Speculation.defaults(),
            new ModelIdentity("m", "a".repeat(64), "b".repeat(64), 10, 1_000),
            List.of(),
            new LinkTerms(ProtocolVersion.CURRENT, Map.of(), null),
            Account.nobody(),
            0);

    @Test
    void anEndWhoseLedgerCannotBeWrittenIsAnEnd() throws Exception {
        var client = new Remembering();
        var background = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var recorder = new SessionRecorder(
                    new SessionTable(client, "t", Clock.systemUTC()),
                    new StoreCounters(),
                    new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofMillis(1)),
                    background,
                    SessionRecorderTest::first);
            recorder.started(REQUEST);
            recorder.committed(1, new Progress(COMMITTED, List.of("a", "b"), null));
            var end = new SessionOutcome.Finished(FinishReason.LENGTH, unwritable());
            assertThatThrownBy(() -> recorder.ended(REQUEST, end, 0)).isInstanceOf(RuntimeException.class);

            background.shutdown();
            assertThat(background.awaitTermination(5, TimeUnit.SECONDS))
                    .as("nothing waits for an end any more")
                    .isTrue();
        } finally {
            background.shutdownNow();
        }
        assertThat(client.written.getLast().status()).isEqualTo(SessionStatus.FINISHED);
        assertThat(client.written.getLast().committed()).isEqualTo(COMMITTED);
        assertThat(client.written.getLast().ledger()).isEmpty();
    }

    /** Its counts are no numbers, which shows when they are written. */
    @SuppressWarnings("unchecked")
    private static Ledger unwritable() {
        var noNumbers = (List<Integer>) (List<?>) List.of("none");
        return new Ledger("", Tokens.none(), 0, 1, 0, 0, noNumbers, noNumbers, 0, 0, 0, 0);
    }

    private static SessionRecord first(SessionRequest request) {
        var generation = request.generation();
        return new SessionRecord(
                generation.session(),
                SessionStatus.RUNNING,
                "me",
                1,
                request.target().name(),
                request.speculation().mode().word(),
                generation.sampling(),
                generation.maxTokens(),
                generation.stop(),
                generation.prompt(),
                Tokens.none(),
                "",
                "",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(60));
    }

    /** A table that takes everything. */
    private static final class Remembering implements DynamoDbAsyncClient {
        private final List<SessionRecord> written = new CopyOnWriteArrayList<>();

        @Override
        public CompletableFuture<PutItemResponse> putItem(Consumer<PutItemRequest.Builder> put) {
            written.add(SessionItem.read(
                    PutItemRequest.builder().applyMutation(put).build().item()));
            return CompletableFuture.completedFuture(PutItemResponse.builder().build());
        }

        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }
}
