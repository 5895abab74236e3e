package io.wanspec.functions.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.Progress;
import io.wanspec.functions.session.Continuation;
import io.wanspec.functions.session.SessionControl;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.table.TableModel;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A session's record ends with it, whatever fails. */
final class SessionRecorderTest {
    private static final Progress COMMITTED = SampleSessions.progress(7, 2, null);
    private static final SessionRequest REQUEST = SampleSessions.request("s", Tokens.of(1));

    @Test
    void anEndWhoseLedgerCannotBeWrittenIsAnEnd() throws Exception {
        var settings = new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofMillis(1));
        var store = new SessionStore(new TableModel(Clock.systemUTC()), settings, Clock.systemUTC());
        try (store) {
            var recorder = store.recorder();
            recorder.attached(SampleSessions.NO_CONTROL);
            recorder.started(REQUEST);
            recorder.committed(1, COMMITTED);
            var end = new SessionOutcome.Finished(FinishReason.LENGTH, unwritable());
            assertThatThrownBy(() -> recorder.ended(REQUEST, end, 0)).isInstanceOf(RuntimeException.class);

            assertThat(store.awaitWritten(REQUEST.generation().session(), Duration.ofSeconds(20)))
                    .as("nothing waits for an end any more")
                    .isTrue();
            SessionRecord written = store.find(REQUEST.generation().session()).orElseThrow();
            assertThat(written.status()).isEqualTo(SessionStatus.FINISHED);
            assertThat(written.progress()).isEqualTo(COMMITTED);
            assertThat(written.ledger()).isEmpty();
        }
    }

    @Test
    void anEndThatTheTableDoesNotTakeIsNotWritten() throws Exception {
        var settings = new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofMillis(1));
        var lossy =
                new LossyTable(new TableModel(Clock.systemUTC()), new Random(1), 1, () -> {}, (changes, answer) -> {});
        try (var store = new SessionStore(lossy, settings, Clock.systemUTC())) {
            var recorder = store.recorder();
            recorder.attached(SampleSessions.NO_CONTROL);
            recorder.started(REQUEST);
            recorder.awaitDurable();
            var ledger = new Ledger("", Tokens.none(), 0, 0, 0, 0, List.of(), List.of(), 0, 0, 0, 0);
            recorder.ended(REQUEST, new SessionOutcome.Finished(FinishReason.STOP, ledger), 0);

            assertThat(store.awaitWritten(REQUEST.generation().session(), Duration.ofSeconds(20)))
                    .isFalse();
            assertThat(store.counters().failures()).isPositive();
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void oneThatOthersEndBeforeItsFirstWriteEndsHere(boolean claimed, boolean deleted) throws Exception {
        var settings = new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofMillis(1));
        var cancelled = new CompletableFuture<Void>();
        try (var store = new SessionStore(new TableModel(Clock.systemUTC()), settings, Clock.systemUTC())) {
            SessionRequest mine = claimed ? claimed(store) : reserved(store);
            store.cancel(mine.generation().session(), _ -> cancelled.completeExceptionally(new AssertionError()));
            if (deleted) {
                store.delete(mine.generation().session());
            }
            var recorder = store.recorder();
            recorder.attached(deleted ? new Cancelled(new CompletableFuture<>(), cancelled) : new Cancelled(cancelled));
            recorder.started(mine);
            recorder.committed(1, COMMITTED);

            cancelled.get(20, TimeUnit.SECONDS);
            assertThat(recorder.endsHere().toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    /** By the clock of whoever cancels: by its own it has it still. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void oneThatIsCancelledAfterItHasLapsedIsNotItsOwnersToSettle(boolean claimed) throws Exception {
        var settings = new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofMillis(1));
        var table = new TableModel(Clock.systemUTC());
        Clock later = Clock.offset(Clock.systemUTC(), Lease.DURATION.plus(Lease.SKEW_MAX));
        var cancelled = new CompletableFuture<Void>();
        List<SessionHead> unowned = new ArrayList<>();
        try (var store = new SessionStore(table, settings, Clock.systemUTC());
                var other = new SessionStore(table, settings, later)) {
            SessionRequest mine = claimed ? claimed(store) : reserved(store);
            assertThat(other.cancel(mine.generation().session(), unowned::add)).isTrue();
            assertThat(unowned).hasSize(1);
            var recorder = store.recorder();
            recorder.attached(new Cancelled(cancelled));
            recorder.started(mine);
            recorder.committed(1, COMMITTED);

            cancelled.get(20, TimeUnit.SECONDS);
            assertThat(recorder.endsHere().toCompletableFuture().get(20, TimeUnit.SECONDS))
                    .isFalse();
        }
    }

    private static SessionRequest reserved(SessionStore store) {
        store.reserve(REQUEST, true);
        return REQUEST;
    }

    private static SessionRequest claimed(SessionStore store) {
        store.queue(REQUEST);
        var taken = (Claim.Taken) store.claim(REQUEST.generation().session());
        Lease lease = taken.record().head().lease();
        return new SessionRequest(
                REQUEST.generation(),
                REQUEST.speculation(),
                REQUEST.target(),
                REQUEST.workers(),
                REQUEST.terms(),
                REQUEST.account(),
                0,
                new Continuation(Progress.none(), lease.owner(), lease.fence(), lease.until()));
    }

    /** Its writer settles what nobody else can; that it was cancelled it cannot know, for the table may be lost. */
    @Test
    void oneWhoseRecordIsDeletedWhileItIsOursEndsHere() throws Exception {
        var settings = new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofMillis(1));
        var cancelled = new CompletableFuture<Void>();
        try (var store = new SessionStore(new TableModel(Clock.systemUTC()), settings, Clock.systemUTC())) {
            var recorder = store.recorder();
            recorder.attached(new Cancelled(new CompletableFuture<>(), cancelled));
            recorder.started(REQUEST);
            recorder.awaitDurable();
            store.delete(REQUEST.generation().session());
            recorder.committed(1, COMMITTED);

            cancelled.get(60, TimeUnit.SECONDS);
            assertThat(recorder.endsHere().toCompletableFuture().get(60, TimeUnit.SECONDS))
                    .isTrue();
        }
    }

    private record Cancelled(CompletableFuture<Void> cancelled, CompletableFuture<Void> gone)
            implements SessionControl {
        Cancelled(CompletableFuture<Void> cancelled) {
            this(cancelled, new CompletableFuture<>());
        }

        @Override
        public void recordGone() {
            gone.complete(null);
        }

        @Override
        public void cancel() {
            cancelled.complete(null);
        }

        @Override
        public void leave() {
            cancelled.completeExceptionally(new AssertionError("nobody can go on with it"));
        }
    }

    /** Its counts are no numbers, which shows when they are written. */
    @SuppressWarnings("unchecked")
    private static Ledger unwritable() {
        var noNumbers = (List<Integer>) (List<?>) List.of("none");
        return new Ledger("", Tokens.none(), 0, 1, 0, 0, noNumbers, noNumbers, 0, 0, 0, 0);
    }
}
