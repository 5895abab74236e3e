package io.wanspec.functions.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.GenerationRequest;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.SamplingOptions;
import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.request.Mode;
import io.wanspec.contracts.request.Speculation;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Place;
import io.wanspec.controller.Progress;
import io.wanspec.controller.Worker;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.settings.ServingLimits;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.table.DynamoTable;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** Whatever throws around a session, in whatever mode: the client is told one end, and the session's place is free again. */
@Timeout(180)
final class SessionShellTest {
    private static final int TOKENS = 5;
    private static final FakeEndpoints ENDPOINTS = new FakeEndpoints();

    /** What may throw. */
    enum Failing {
        STARTED,
        COMMITTED,
        NOTED,
        ENDED,
        EVERYWHERE
    }

    static Stream<Arguments> modesAndPlaces() {
        return Arrays.stream(Mode.values())
                .flatMap(mode -> Arrays.stream(Failing.values()).map(place -> Arguments.of(mode, place)));
    }

    @ParameterizedTest
    @MethodSource("modesAndPlaces")
    void anObserverThatThrowsChangesNothingForTheClient(Mode mode, Failing place) throws Exception {
        var thrower = new Recorder(place, new IllegalStateException("observer"));
        var witness = new Recorder(null, new IllegalStateException());
        var sink = new Sink(false, false);

        run(mode, sink, thrower, witness);

        sink.assertFinishedWhole();
        assertThat(witness.heard)
                .as("the other observers")
                .contains("started", "committed")
                .endsWith("ended");
        assertThat(witness.heard).filteredOn("ended"::equals).hasSize(1);
        if (mode != Mode.TARGET_ONLY) {
            assertThat(witness.heard).contains("noted");
        }
        assertThat(thrower.heard.getLast()).as("it can let go of what it holds").isEqualTo("ended");
        assertThat(thrower.thrown).as("dropped at its first failure").hasValueLessThanOrEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void soDoesOneThatThrowsAnError(Mode mode) throws Exception {
        var sink = new Sink(false, false);
        run(mode, sink, new Recorder(Failing.EVERYWHERE, new AssertionError("observer")));
        sink.assertFinishedWhole();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aStoreThatThrowsChangesNothingForTheClient(Mode mode) throws Exception {
        var settings = new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofMillis(1));
        // Of this client every call throws at once; and once the store is closed, it takes no more work either.
        var store = new SessionStore(
                new DynamoTable(new BrokenTable(), "t", Clock.systemUTC()), settings, Clock.systemUTC());
        var sink = new Sink(false, false);
        run(mode, sink, store.recorder());
        sink.assertFinishedWhole();
        store.close();
        assertThat(store.counters().failures()).isPositive();

        var afterwards = new Sink(false, false);
        run(mode, afterwards, store.recorder());
        afterwards.assertFinishedWhole();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aSinkThatThrowsIsToldThatTheSessionFailed(Mode mode) throws Exception {
        var sink = new Sink(true, false);
        var witness = new Recorder(null, new IllegalStateException());

        run(mode, sink, witness);

        assertThat(sink.ends)
                .singleElement()
                .isInstanceOfSatisfying(
                        SessionOutcome.Failed.class,
                        failed -> assertThat(failed.failure()).isEqualTo(SessionOutcome.Failure.INTERNAL));
        assertThat(witness.heard).endsWith("ended");
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aSinkThatThrowsAtTheEndIsToldOnce(Mode mode) throws Exception {
        var sink = new Sink(false, true);
        run(mode, sink);
        assertThat(sink.ends).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void observersThatCannotBeMadeAreAnErrorOfTheRequestAndCostNoPlace(Mode mode) {
        var sessions = new Sessions(limits(), ENDPOINTS, ENDPOINTS, ENDPOINTS, () -> {
            throw new IllegalStateException("no observers");
        });
        for (int i = 0; i < 3; i++) {
            try (var admission = sessions.admit()) {
                assertThatThrownBy(() -> admission.start(request(mode), new Sink(false, false)))
                        .hasMessage("no observers");
            }
        }
        sessions.close();
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void anObserverThatBlocksAtTheEndDoesNotHoldTheAnswer(Mode mode) throws Exception {
        var released = new CountDownLatch(1);
        var sink = new Sink(false, false);
        try (var sessions =
                new Sessions(limits(), ENDPOINTS, ENDPOINTS, ENDPOINTS, () -> List.of(new BlockedAtTheEnd(released)))) {
            sessions.admit().start(request(mode), sink);
            boolean told = sink.told.await(60, TimeUnit.SECONDS);
            released.countDown();
            assertThat(told).as("the client is answered").isTrue();
            awaitPlace(sessions);
        }
        sink.assertFinishedWhole();
    }

    @Test
    void whoWaitsWithoutItsPlaceFindsAnotherThereOrTakesItAgain() {
        try (var sessions = new Sessions(limits(), ENDPOINTS, ENDPOINTS, ENDPOINTS, List::of);
                var waiting = sessions.admit()) {
            waiting.giveBack();
            waiting.giveBack();
            try (var _ = sessions.admit()) {
                assertThatThrownBy(waiting::takeAgain).isInstanceOf(Overloaded.class);
                assertThatThrownBy(sessions::admit).isInstanceOf(Overloaded.class);
            }
            waiting.takeAgain();
            assertThatThrownBy(sessions::admit).isInstanceOf(Overloaded.class);
        }
    }

    @Test
    void aSessionThatCannotSayWhatItCostIsEndedAllTheSame() {
        var sink = new Sink(false, false);
        var witness = new Recorder(null, new IllegalStateException());
        var shell =
                new SessionShell(request(Mode.WANSPEC), sink, List.of(witness), (to, observer) -> new WithoutLedger());

        shell.run();

        assertThat(sink.ends).singleElement().isInstanceOf(SessionOutcome.Failed.class);
        assertThat(witness.heard).endsWith("ended");
    }

    private static void run(Mode mode, Sink sink, SessionObserver... observers) throws InterruptedException {
        try (var sessions = new Sessions(limits(), ENDPOINTS, ENDPOINTS, ENDPOINTS, () -> List.of(observers))) {
            try (var admission = sessions.admit()) {
                admission.start(request(mode), sink);
            }
            assertThat(sink.told.await(60, TimeUnit.SECONDS))
                    .as("the client is answered")
                    .isTrue();
            awaitPlace(sessions);
        }
    }

    private static void awaitPlace(Sessions sessions) throws InterruptedException {
        while (true) {
            try {
                sessions.admit().close();
                return;
            } catch (Overloaded notYet) {
                Thread.sleep(1);
            }
        }
    }

    /** With one place, so that one that is not given back is missed. */
    private static ServingLimits limits() {
        ServingLimits defaults = ServingLimits.defaults();
        return new ServingLimits(
                1,
                defaults.mailboxEvents(),
                defaults.maxTokensDefault(),
                Duration.ofSeconds(15),
                defaults.passTimeout(),
                0,
                defaults.clientTimeout());
    }

    private static SessionRequest request(Mode mode) {
        var generation =
                new GenerationRequest(new SessionId("s"), Tokens.of(1, 2), SamplingOptions.greedy(), TOKENS, List.of());
        Speculation speculation = switch (mode) {
            case WANSPEC -> Speculation.defaults();
            case COLOCATED -> Speculation.colocated(OptionalInt.of(2));
            case TARGET_ONLY -> Speculation.targetOnly();
        };
        var worker = new Worker(new WorkerId("w"), mode == Mode.COLOCATED ? Place.BUSY_REGION : Place.DRAFT_REGION);
        var terms = new LinkTerms(ProtocolVersion.CURRENT, Map.of(), null);
        return new SessionRequest(
                generation,
                speculation,
                FakeEndpoints.MODEL,
                List.of(worker),
                terms,
                Account.nobody(),
                System.nanoTime());
    }

    /** Fails, and cannot even say what that cost. */
    private record WithoutLedger() implements SessionBody {
        @Override
        public SessionOutcome run() {
            throw new IllegalStateException("body");
        }

        @Override
        public void cancel() {}

        @Override
        public Ledger ledger() {
            throw new AssertionError("ledger");
        }

        @Override
        public long draftsDropped() {
            return 0;
        }
    }

    /** Does not come back from the end before it is released. */
    private record BlockedAtTheEnd(CountDownLatch released) implements SessionObserver {
        @Override
        public void started(SessionRequest request) {}

        @Override
        public void committed(int position, Progress more) {}

        @Override
        public void noted(SessionId session, NoteCode code, String detail) {}

        @Override
        public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Remembers what it heard, and throws where it shall. */
    private static final class Recorder implements SessionObserver {
        private final @Nullable Failing where;
        private final Throwable failure;
        private final List<String> heard = Collections.synchronizedList(new ArrayList<>());
        private final AtomicInteger thrown = new AtomicInteger();

        Recorder(@Nullable Failing where, Throwable failure) {
            this.where = where;
            this.failure = failure;
        }

        @Override
        public void started(SessionRequest request) {
            hear("started", Failing.STARTED);
        }

        @Override
        public void committed(int position, Progress more) {
            hear("committed", Failing.COMMITTED);
        }

        @Override
        public void noted(SessionId session, NoteCode code, String detail) {
            hear("noted", Failing.NOTED);
        }

        @Override
        public void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped) {
            hear("ended", Failing.ENDED);
        }

        private void hear(String what, Failing place) {
            heard.add(what);
            if (where == place || where == Failing.EVERYWHERE) {
                thrown.incrementAndGet();
                switch (failure) {
                    case RuntimeException e -> throw e;
                    case Error e -> throw e;
                    default -> throw new IllegalArgumentException(failure);
                }
            }
        }
    }

    /** The client's side. */
    private static final class Sink implements SessionSink {
        private final boolean throwsAtText;
        private final boolean throwsAtEnd;
        private final StringBuilder text = new StringBuilder();
        private final List<SessionOutcome> ends = Collections.synchronizedList(new ArrayList<>());
        private final CountDownLatch told = new CountDownLatch(1);

        Sink(boolean throwsAtText, boolean throwsAtEnd) {
            this.throwsAtText = throwsAtText;
            this.throwsAtEnd = throwsAtEnd;
        }

        @Override
        public boolean text(List<String> pieces) {
            if (throwsAtText) {
                throw new IllegalStateException("sink");
            }
            pieces.forEach(text::append);
            return true;
        }

        @Override
        public void ended(SessionOutcome outcome) {
            ends.add(outcome);
            told.countDown();
            if (throwsAtEnd) {
                throw new IllegalStateException("sink");
            }
        }

        void assertFinishedWhole() {
            assertThat(ends).singleElement().isInstanceOfSatisfying(SessionOutcome.Finished.class, finished -> {
                assertThat(finished.reason()).isEqualTo(FinishReason.LENGTH);
                assertThat(finished.ledger().text()).isEqualTo(FakeEndpoints.text(TOKENS));
            });
            assertThat(text).hasToString(FakeEndpoints.text(TOKENS));
        }
    }

    /** The SDK's own defaults: every operation throws. */
    private static final class BrokenTable implements DynamoDbAsyncClient {
        @Override
        public String serviceName() {
            return "dynamodb";
        }

        @Override
        public void close() {}
    }
}
