package io.wanspec.functions.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.contracts.ledger.Ledger;
import io.wanspec.contracts.timeline.TimelineEvent;
import io.wanspec.functions.access.Account;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.session.SessionOutcome;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.ServingLimits;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.settings.WanSpecSettings;
import io.wanspec.functions.store.SampleSessions;
import io.wanspec.functions.store.SessionStore;
import io.wanspec.functions.store.TimelineItems;
import io.wanspec.functions.table.TableModel;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which of a session's timelines is told: this process's, or the one that others have kept. */
final class TimelinesTest {
    private static final SessionRequest REQUEST = SampleSessions.request("s", SampleSessions.PROMPT);
    private static final SessionId ID = REQUEST.generation().session();
    private static final Ownership OWNER = Account.nobody().owner();

    private final TableModel table = new TableModel(Clock.systemUTC());
    private final SessionStore store = new SessionStore(
            table,
            new StoreSettings("eu-west-1", null, "t", Duration.ofHours(1), false, Duration.ofMillis(1)),
            Clock.systemUTC());
    private final TimelineItems items = new TimelineItems(table);
    private final Timelines timelines = timelines(new RecentTimelines(1 << 20));

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void ofASessionThatWasLeftToOthersItIsTheirs() {
        store.queue(REQUEST);
        end(SessionOutcome.Failure.MOVED);
        assertThat(found()).as("as long as they have kept none").contains("\"failure\":\"moved\"");

        keepElsewhere();
        assertThat(found()).isEqualTo(joined(elsewhere()));
    }

    @Test
    void ofASessionThatEndedHereItIsThisProcesss() {
        store.queue(REQUEST);
        end(SessionOutcome.Failure.INTERNAL);
        keepElsewhere();
        assertThat(found()).contains("\"failure\":\"internal\"");
    }

    @Test
    void ofASessionWhoseRecordIsGoneThereIsNone() {
        end(SessionOutcome.Failure.RECORD_GONE);
        assertThat(timelines.find(ID, OWNER)).isEmpty();
    }

    @Test
    void whatNobodyCouldReadIsNotRecorded() {
        RecentTimelines none = new RecentTimelines(0);
        timelines(none).observer().started(REQUEST);
        assertThat(none.find(ID)).isEmpty();

        RecentTimelines some = new RecentTimelines(1);
        timelines(some).observer().started(REQUEST);
        assertThat(some.find(ID)).isPresent();
    }

    /** Each holds on to a log. */
    @Test
    void soManyWaitToBeKeptAndNoMore() throws InterruptedException {
        var keepers = new Keepers();
        var done = new CountDownLatch(1);
        for (int i = 0; i < Keepers.MOST; i++) {
            assertThat(keepers.start(() -> await(done))).isTrue();
        }
        assertThat(keepers.start(() -> {})).isFalse();

        done.countDown();
        var again = new CountDownLatch(1);
        while (!keepers.start(again::countDown)) {
            Thread.sleep(1);
        }
        again.await();
    }

    private Timelines timelines(RecentTimelines recent) {
        var settings = new WanSpecSettings(
                new EndpointAddress("us-east-1", "target", URI.create("http://127.0.0.1:1")),
                List.of(),
                REQUEST.speculation(),
                ServingLimits.defaults(),
                null);
        return new Timelines(settings, recent, Optional.of(store), Optional.of(items), Clock.systemUTC());
    }

    private void end(SessionOutcome.Failure failure) {
        var observer = timelines.observer();
        var ledger = new Ledger("", Tokens.none(), 0, 0, 0, 0, List.of(), List.of(), 0, 0, 0, 0);
        var outcome = new SessionOutcome.Failed(failure, "why", ledger);
        observer.started(REQUEST);
        observer.ending(outcome);
        observer.ended(REQUEST, outcome, 0);
    }

    private String found() {
        return timelines
                .find(ID, OWNER)
                .map(events -> new String(events, StandardCharsets.UTF_8))
                .orElseThrow();
    }

    private void keepElsewhere() {
        assertThat(items.put(ID, JsonLines.compressed(elsewhere()).orElseThrow()))
                .isTrue();
    }

    private static List<byte[]> elsewhere() {
        var log = new TimelineLog(OWNER);
        log.add(new TimelineEvent.Stall(2, 1));
        return log.from(0);
    }

    private static String joined(List<byte[]> lines) {
        return new String(JsonLines.joined(lines), StandardCharsets.UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
