package io.wanspec.functions.responses;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.CallerId;
import io.wanspec.functions.access.Ownership;
import io.wanspec.functions.store.SessionSweeper;
import io.wanspec.functions.store.SweepRule;
import io.wanspec.functions.table.TableModel;
import io.wanspec.testing.Gen;
import io.wanspec.testing.SeededTest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What is remembered of a response comes back as it was, to its owner. */
final class ResponseStoreTest {
    private static final Ownership ME = Ownership.of(CallerId.of("me"));
    private final Clock clock = Clock.fixed(Instant.ofEpochSecond(1_000_000), ZoneOffset.UTC);
    private final TableModel table = new TableModel(clock);
    private final ResponseStore store = new ResponseStore(table, clock, Duration.ofHours(1));

    @SeededTest(tries = 200)
    void comesBackAsItWas(Random random) {
        ResponseHead head = random.nextBoolean() ? Heads.plain() : Heads.full();
        Conversation conversation = conversation(random);
        store.put(head, ME, conversation);

        ResponseRecord record = store.find(head.id(), ME).orElseThrow();

        assertThat(record.head()).isEqualTo(head);
        assertThat(record.conversation()).isEqualTo(conversation);
        assertThat(record.cancelled()).isFalse();
        assertThat(record.owner()).isEqualTo(ME);
    }

    @Test
    void isSplitWhereAnItemCannotHoldIt() {
        Conversation long1 = Conversation.none()
                .asked(Heads.ID, List.of(InputMessage.of("user", "é".repeat(500_000)), InputMessage.of("user", "end")));
        store.put(Heads.plain(), ME, long1);

        assertThat(table.all()).hasSize(4);
        assertThat(store.find(Heads.ID, ME).orElseThrow().conversation()).isEqualTo(long1);
        store.delete(Heads.ID);
        assertThat(table.all()).isEmpty();
    }

    @Test
    void somebodyElsesIsNotThere() {
        store.put(Heads.plain(), ME, Conversation.none());

        assertThat(store.find(Heads.ID, Ownership.nobody())).isEmpty();
        assertThat(store.find(Heads.ID, Ownership.of(CallerId.of("other")))).isEmpty();
    }

    @Test
    void isCancelledIfItIsThere() {
        assertThat(store.cancel(Heads.ID)).isFalse();
        store.put(Heads.full(), ME, Conversation.none());

        assertThat(store.cancel(Heads.ID)).isTrue();
        assertThat(store.find(Heads.ID, ME).orElseThrow().cancelled()).isTrue();
    }

    /** Nobody waits for the table's own expiry. */
    @Test
    void isDeletedWholeWhenItsTimeIsOver() {
        store.put(
                Heads.plain(),
                ME,
                Conversation.none().asked(Heads.ID, List.of(InputMessage.of("user", "é".repeat(500_000)))));
        Clock later = Clock.offset(clock, Duration.ofHours(1));
        new SessionSweeper(table, clock, SweepRule.GRACE, _ -> {}).sweep(10);
        assertThat(table.all()).hasSizeGreaterThan(1);

        new SessionSweeper(table, later, SweepRule.GRACE, _ -> {}).sweep(10);
        assertThat(table.all()).isEmpty();
    }

    private static Conversation conversation(Random random) {
        return Conversation.none()
                .asked(
                        Heads.ID,
                        Gen.several(
                                        random,
                                        0,
                                        5,
                                        () -> new InputMessage(
                                                "user",
                                                Gen.several(random, 0, 3, () -> text(random))
                                                        .toList()))
                                .toList());
    }

    /** Half a surrogate pair cannot come in: bodies are UTF-8. */
    private static String text(Random random) {
        return Gen.anyText(random, 20).replaceAll("[\\ud800-\\udfff]", "x");
    }
}
