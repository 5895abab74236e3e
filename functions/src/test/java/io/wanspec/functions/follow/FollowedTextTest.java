package io.wanspec.functions.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.FinishReason;
import io.wanspec.functions.session.FakeEndpoints;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.session.Sessions;
import io.wanspec.functions.settings.ServingLimits;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.store.SampleSessions;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.ForwardingTable;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.TableModel;
import io.wanspec.functions.table.Write;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.exception.SdkClientException;

/** A text that is made here is given out whatever becomes of its table. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class FollowedTextTest {
    private static final SessionOutcome END = new SessionOutcome.Finished(
            FinishReason.STOP, new Ledger("", Tokens.none(), 0, 0, 0, 0, List.of(), List.of(), 0, 0, 0, 0));

    @Test
    void whoStartsATextHereAsksTheTableNothing() throws InterruptedException {
        var table = new TableThatFails();
        var endpoints = new FakeEndpoints();
        try (var sessions = new Sessions(ServingLimits.defaults(), endpoints, endpoints, endpoints, List::of);
                var running = new RunningTexts(sessions)) {
            var log = new TextLog(List.of());
            try (var text = new FollowedText(new SessionId("s"), running, table, false, log.read())) {
                log.text(List.of("a"));
                assertThat(text.from(0).pieces()).containsExactly("a");
                log.ended(END);
                assertThat(text.from(1).end()).isEqualTo(END);
            }
        }
        assertThat(table.asked).hasValue(0);
    }

    /** More than a second: as long as some tables take. */
    @Test
    void nothingIsToldBeforeTheRecordIsDurable() throws InterruptedException {
        var durable = new TableModel(Clock.systemUTC());
        var settings = new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofMillis(1));
        var endpoints = new FakeEndpoints();
        try (var store = new SessionStore(new SlowTable(durable), settings, Clock.systemUTC());
                var sessions = new Sessions(
                        ServingLimits.defaults(), endpoints, endpoints, endpoints, () -> List.of(store.recorder()));
                var running = new RunningTexts(sessions)) {
            var records = new TableThatFails() {
                @Override
                public void reserve(SessionRequest request, boolean promised) {}

                @Override
                public boolean awaitBegun(SessionId session, Duration most) throws InterruptedException {
                    return store.awaitBegun(session, most);
                }
            };
            var texts = new Texts(running, Optional.of(records));
            try (var admission = sessions.admit();
                    var text = texts.start(admission, SampleSessions.request("s", SampleSessions.PROMPT), false)) {
                text.ready();
                assertThat(durable.all()).isNotEmpty();
            }
        }
    }

    /** Nobody hears of a text that cannot be asked for: not even its session starts. */
    @Test
    void whatIsPromisedIsRecordedFirst() {
        var endpoints = new FakeEndpoints();
        try (var sessions = new Sessions(ServingLimits.defaults(), endpoints, endpoints, endpoints, List::of);
                var running = new RunningTexts(sessions);
                var admission = sessions.admit()) {
            SessionRequest request = SampleSessions.request("s", SampleSessions.PROMPT);
            var texts = new Texts(running, Optional.of(new TableThatFails()));
            assertThatThrownBy(() -> texts.start(admission, request, true)).isInstanceOf(SdkClientException.class);
            assertThat(sessions.running()).isZero();
        }
    }

    private static final class SlowTable extends ForwardingTable {
        SlowTable(Table table) {
            super(table);
        }

        /** A record is created so. */
        @Override
        public Write transact(List<Change> changes) {
            LockSupport.parkNanos(Duration.ofMillis(1_500).toNanos());
            return super.transact(changes);
        }
    }

    private static class TableThatFails implements TextRecords {
        private final AtomicInteger asked = new AtomicInteger();

        private SdkClientException failure() {
            asked.incrementAndGet();
            return SdkClientException.create("the table does not answer");
        }

        @Override
        public void reserve(SessionRequest request, boolean promised) {
            throw failure();
        }

        @Override
        public Write reserve(SessionRequest request, Change with) {
            throw failure();
        }

        @Override
        public Write queue(SessionRequest request, Change with) {
            throw failure();
        }

        @Override
        public void queue(SessionRequest request) {
            throw failure();
        }

        @Override
        public TextReader reader(SessionId session) {
            return new TextReader() {
                @Override
                public Optional<TextStanding> look() {
                    throw failure();
                }

                @Override
                public List<String> from(int piece) {
                    throw failure();
                }

                @Override
                public @Nullable SessionOutcome end() {
                    throw failure();
                }
            };
        }

        @Override
        public void askOnce(SessionId session, Runnable ask) {
            throw failure();
        }

        @Override
        public boolean awaitBegun(SessionId session, Duration most) throws InterruptedException {
            return false;
        }

        @Override
        public Optional<RecordedText> find(SessionId session) {
            throw failure();
        }

        @Override
        public boolean isGone(SessionId session) {
            throw failure();
        }

        @Override
        public Optional<TextLog> resume(SessionId session, WithoutReaders without) {
            throw failure();
        }

        @Override
        public boolean awaitRecorded(SessionId session, Duration most) {
            return false;
        }

        @Override
        public void cancel(SessionId session) {
            throw failure();
        }

        @Override
        public void delete(SessionId session) {
            throw failure();
        }
    }
}
