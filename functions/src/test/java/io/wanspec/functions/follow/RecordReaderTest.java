package io.wanspec.functions.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.Progress;
import io.wanspec.functions.session.SessionObserver;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.store.SampleSessions;
import io.wanspec.functions.store.SessionHead;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.table.TableModel;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A follower reads each token of a record once, however often it looks. */
@Timeout(180)
final class RecordReaderTest {
    private static final int BATCHES = 50;
    private static final int BATCH = 40;
    private static final SessionRequest REQUEST = SampleSessions.request("s", SampleSessions.PROMPT);
    private static final SessionId ID = REQUEST.generation().session();

    private final TableModel table = new TableModel(Clock.systemUTC());
    private final StoreSettings settings =
            new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofMillis(1), 100_000);
    private long read;

    @Test
    void twoThousandTokensAreReadOnce() throws Exception {
        try (var writer = new SessionStore(table, settings, Clock.systemUTC());
                var store = new SessionStore(table, settings, Clock.systemUTC())) {
            SessionObserver recorder = writer.recorder();
            recorder.attached(SampleSessions.NO_CONTROL);
            recorder.started(REQUEST);
            recorder.awaitDurable();
            var reader = new RecordReader(store, ID, RecordReaderTest::standing);
            Progress all = Progress.none();
            for (int i = 0; i < BATCHES; i++) {
                Progress more =
                        SampleSessions.progress(i * BATCH, BATCH, i == BATCHES - 1 ? FinishReason.LENGTH : null);
                recorder.committed(SampleSessions.PROMPT.size() + i * BATCH, more);
                all = all.plus(more);
                awaitTokens(store, all.tokens().size());
                look(reader);
                look(reader);
                assertThat(reader.from(i * BATCH))
                        .isEqualTo(all.shown(REQUEST.generation().stop()).subList(i * BATCH, (i + 1) * BATCH));
                assertThat(reader.end()).isNull();
            }
            List<Integer> none = List.of();
            recorder.ended(
                    REQUEST,
                    new SessionOutcome.Finished(
                            FinishReason.LENGTH,
                            new Ledger("", all.tokens(), all.tokens().size(), 1, 0, 0, none, none, 0, 0, 0, 0)),
                    0);
            assertThat(writer.awaitWritten(ID, Duration.ofSeconds(30))).isTrue();
            look(reader);

            assertThat(reader.end())
                    .isInstanceOfSatisfying(
                            SessionOutcome.Finished.class,
                            end -> assertThat(end.ledger().text()).isEqualTo(String.join("", reader.from(0))));
        }
        assertThat(read)
                .as("a head for each look, and each checkpoint once")
                .isLessThanOrEqualTo(2 * BATCHES + 1 + BATCHES);
    }

    /** What was held back as a stop string's beginning belongs to the text then. */
    @Test
    void anEndThatComesWithoutAnotherTokenIsRead() throws Exception {
        try (var store = new SessionStore(table, settings, Clock.systemUTC())) {
            SessionObserver recorder = store.recorder();
            recorder.attached(SampleSessions.NO_CONTROL);
            recorder.started(REQUEST);
            recorder.awaitDurable();
            var reader = new RecordReader(store, ID, RecordReaderTest::standing);
            int begins = SampleSessions.PROMPT.size();
            recorder.committed(begins, new Progress(Tokens.of(5), List.of("the EN"), null));
            awaitTokens(store, 1);
            look(reader);
            assertThat(reader.from(0)).containsExactly("the ");

            recorder.committed(begins + 1, new Progress(Tokens.none(), List.of(), FinishReason.STOP));
            List<Integer> none = List.of();
            recorder.ended(
                    REQUEST,
                    new SessionOutcome.Finished(
                            FinishReason.STOP, new Ledger("", Tokens.of(5), 1, 1, 0, 0, none, none, 0, 0, 0, 0)),
                    0);
            assertThat(store.awaitWritten(ID, Duration.ofSeconds(30))).isTrue();
            look(reader);
            assertThat(reader.from(0)).containsExactly("the ", "EN");
            assertThat(store.find(ID).orElseThrow().progress().finish()).isEqualTo(FinishReason.STOP);
        }
    }

    private void look(RecordReader reader) throws InterruptedException {
        long before = table.itemsRead();
        assertThat(reader.look()).isPresent();
        read += table.itemsRead() - before;
    }

    private static TextStanding standing(SessionHead head) {
        return new TextStanding(true, head.committedTokens(), false, false, Duration.ZERO);
    }

    private static void awaitTokens(SessionStore store, int tokens) throws InterruptedException {
        while (store.head(ID).orElseThrow().committedTokens() < tokens) {
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }
}
