package io.wanspec.functions.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.FinishReason;
import io.wanspec.controller.Progress;
import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.session.SessionRequest;
import io.wanspec.functions.settings.StoreSettings;
import io.wanspec.functions.table.Change;
import io.wanspec.functions.table.Condition;
import io.wanspec.functions.table.DynamoTable;
import io.wanspec.functions.table.ForwardingTable;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.ItemSize;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.TableClient;
import io.wanspec.functions.table.TableModel;
import io.wanspec.functions.table.TableSchema;
import io.wanspec.functions.table.Update;
import io.wanspec.functions.table.Write;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** What the table holds of sessions, and for whom it takes it. */
final class SessionTableTest {
    private static final int ITEM_BYTES_MAX = 300_000;
    private static final SessionId ID = new SessionId("s");

    private final RaceClock.Now now = new RaceClock.Now(SampleSessions.NOW);
    private final RaceClock clock = new RaceClock(now, Duration.ZERO);
    private final TableModel items = new TableModel(clock);
    private final SessionTable table = new SessionTable(items, clock);

    private SessionHead begun(String owner) {
        SessionHead head = SampleSessions.head("s", Lease.first(owner, now.instant()));
        assertThat(table.create(head, SampleSessions.INPUT)).isInstanceOf(Written.Done.class);
        return head;
    }

    @Test
    void whatIsWrittenIsRead() {
        SessionHead head = begun("me");
        Progress some = SampleSessions.progress(3, 2, null);
        Progress last = SampleSessions.progress(5, 1, FinishReason.LENGTH);
        assertThat(table.append(head.with(2, null), some)).isInstanceOf(Written.Done.class);
        assertThat(table.append(head.with(3, FinishReason.LENGTH), last)).isInstanceOf(Written.Done.class);

        SessionRecord record = table.find(ID).orElseThrow();
        assertThat(record.head()).isEqualTo(head.with(3, FinishReason.LENGTH));
        assertThat(record.prompt()).isEqualTo(SampleSessions.PROMPT);
        assertThat(record.progress()).isEqualTo(some.plus(last));
        assertThat(record.shown()).containsExactly(" 3", " 4", " 5");
    }

    @Test
    void onlyTheOwnerWritesAndNobodyCreatesTwice() {
        SessionHead mine = begun("me");
        SessionHead other = SampleSessions.head("s", new Lease("other", 1, now.instant()));
        SessionHead later = SampleSessions.head("s", new Lease("me", 2, now.instant()));
        Progress more = SampleSessions.progress(0, 1, null);

        assertThat(table.create(other, SampleSessions.INPUT)).isInstanceOf(Written.Lost.class);
        assertThat(table.create(mine, SampleSessions.INPUT)).as("its own").isEqualTo(new Written.Already(0));
        assertThat(table.renew(other)).isEqualTo(new Written.Lost(SessionStatus.RUNNING, false));
        assertThat(table.append(later.with(1, null), more)).isEqualTo(new Written.Lost(SessionStatus.RUNNING, false));
        assertThat(table.append(mine.with(2, null), more)).as("a gap").isEqualTo(new Written.Already(0));
        assertThat(table.renew(mine)).isInstanceOf(Written.Done.class);
        assertThat(table.find(ID).orElseThrow().committed()).isEqualTo(Tokens.none());
    }

    @Test
    void aLeaseIsTakenWhenItHasRunOutByBothClocks() {
        begun("me");
        now.pass(Lease.DURATION.plus(Lease.SKEW_MAX).minusMillis(1));
        assertThat(table.claim(ID, "you")).isEqualTo(new Claim.Held(Duration.ofMillis(1)));
        now.pass(Duration.ofMillis(1));
        assertThat(table.claim(ID, "you"))
                .isInstanceOfSatisfying(
                        Claim.Taken.class,
                        taken -> assertThat(taken.record().head().lease())
                                .isEqualTo(new Lease("you", 2, now.instant().plus(Lease.DURATION))));
        assertThat(table.claim(ID, "third")).isInstanceOf(Claim.Held.class);
        assertThat(table.claim(new SessionId("none"), "you")).isInstanceOf(Claim.Unknown.class);
    }

    @Test
    void whatIsGivenBackOrQueuedIsTakenAtOnce() {
        SessionHead mine = begun("me");
        assertThat(table.release(mine)).isInstanceOf(Written.Done.class);
        assertThat(table.release(mine)).as("its answer was lost").isInstanceOf(Written.Already.class);
        assertThat(table.renew(mine)).isInstanceOf(Written.Lost.class);
        assertThat(table.claim(ID, "you")).isInstanceOf(Claim.Taken.class);

        SessionHead queued = SampleSessions.head("q", Lease.queued(now.instant()));
        table.create(queued, SampleSessions.INPUT);
        assertThat(table.head(queued.id()).orElseThrow().isQueued()).isTrue();
        assertThat(table.claim(queued.id(), "you")).isInstanceOf(Claim.Taken.class);
        assertThat(table.head(queued.id()).orElseThrow().isQueued()).isFalse();
    }

    @Test
    void whatHasEndedIsNotTakenAndWhoWritesHearsOfIt() {
        SessionHead mine = begun("me");
        assertThat(table.cancel(ID, _ -> {})).isTrue();
        assertThat(table.cancel(ID, _ -> {})).isFalse();
        assertThat(table.renew(mine)).isEqualTo(new Written.Lost(SessionStatus.CANCELLED, true));
        assertThat(table.end(mine.ended(SessionStatus.FINISHED, "{}", "")))
                .isEqualTo(new Written.Lost(SessionStatus.CANCELLED, true));
        now.pass(Duration.ofMinutes(1));
        assertThat(table.claim(ID, "you")).isInstanceOf(Claim.Ended.class);

        table.delete(ID);
        assertThat(table.renew(mine)).isEqualTo(new Written.Lost(null, false));
        assertThat(items.all()).isEmpty();
    }

    @Test
    void whatNobodyHasIsToldOfWhenItIsCancelled() {
        List<SessionHead> unowned = new ArrayList<>();
        SessionHead queued = SampleSessions.head("q", Lease.queued(now.instant()));
        table.create(queued, SampleSessions.INPUT);
        assertThat(table.cancel(queued.id(), unowned::add)).isTrue();
        assertThat(table.cancel(queued.id(), unowned::add)).isFalse();
        assertThat(unowned).containsExactly(queued);

        begun("me");
        assertThat(table.cancel(ID, unowned::add)).isTrue();
        assertThat(unowned).as("its owner hears of it").hasSize(1);
    }

    @Test
    void whatHasLapsedIsToldOfWhenItIsCancelledAndItsOwnerHearsThatItIsNotItsOwn() {
        List<SessionHead> unowned = new ArrayList<>();
        SessionHead mine = begun("me");
        now.pass(Lease.DURATION.plus(Lease.SKEW_MAX));
        assertThat(table.cancel(ID, unowned::add)).isTrue();
        assertThat(table.cancel(ID, unowned::add)).isFalse();
        assertThat(unowned).containsExactly(mine);

        assertThat(table.renew(mine)).isEqualTo(new Written.Lost(SessionStatus.CANCELLED, false));
        assertThat(table.end(mine.ended(SessionStatus.CANCELLED, "{}", "")))
                .isEqualTo(new Written.Lost(SessionStatus.CANCELLED, false));
    }

    @Test
    void anOwnerThatIsHeardOfBetweenLookAndCancelSettlesIt() {
        List<SessionHead> unowned = new ArrayList<>();
        SessionHead mine = begun("me");
        now.pass(Lease.DURATION.plus(Lease.SKEW_MAX));
        SessionHead renewed = mine.with(mine.lease().renewed(now.instant()));
        var slow = new LossyTable(items, new Random(1), 0, () -> table.renew(renewed), (changes, answer) -> {});

        assertThat(new SessionTable(slow, clock).cancel(ID, unowned::add)).isTrue();

        assertThat(unowned).isEmpty();
        assertThat(table.renew(mine)).isEqualTo(new Written.Lost(SessionStatus.CANCELLED, true));
    }

    @Test
    void whatIsTakenBetweenLookAndCancelIsItsOwners() {
        SessionHead queued = SampleSessions.head("q", Lease.queued(now.instant()));
        table.create(queued, SampleSessions.INPUT);
        List<SessionHead> unowned = new ArrayList<>();
        var slow =
                new LossyTable(items, new Random(1), 0, () -> table.claim(queued.id(), "me"), (changes, answer) -> {});

        // Taken by a function while this one asks for the second time.
        new SessionTable(slow, clock).cancel(queued.id(), unowned::add);

        assertThat(unowned).isEmpty();
        assertThat(table.head(queued.id()).orElseThrow().status()).isEqualTo(SessionStatus.CANCELLED);
    }

    /** The first answers were lost. */
    @Test
    void anEndThatIsSentTwiceIsToldOfOnce() {
        List<SessionHead> unowned = new ArrayList<>();
        var twice = new ForwardingTable(items) {
            @Override
            public Write write(Change change) {
                table.write(change);
                return table.write(change);
            }
        };
        SessionHead queued = SampleSessions.head("q", Lease.queued(now.instant()));
        table.create(queued, SampleSessions.INPUT);
        assertThat(new SessionTable(twice, clock).cancel(queued.id(), unowned::add))
                .isTrue();
        assertThat(unowned).containsExactly(queued);

        SessionHead mine = begun("me");
        assertThat(new SessionTable(twice, clock).giveUp(mine)).isTrue();
        assertThat(new SessionTable(twice, clock).giveUp(mine))
                .as("by another one")
                .isFalse();
    }

    @Test
    void anEndIsWrittenOnce() {
        SessionHead mine = begun("me");
        SessionHead end = mine.ended(SessionStatus.FAILED, "{\"tokens\":1}", "why");
        assertThat(table.end(end)).isInstanceOf(Written.Done.class);
        assertThat(table.end(end)).as("its answer was lost").isInstanceOf(Written.Already.class);
        SessionRecord record = table.find(ID).orElseThrow();
        assertThat(record.status()).isEqualTo(SessionStatus.FAILED);
        assertThat(record.failure()).isEqualTo("why");
        assertThat(record.ledger()).isEqualTo("{\"tokens\":1}");
    }

    @Test
    void whatHasExpiredIsGone() {
        begun("me");
        now.pass(Duration.ofHours(1));
        assertThat(table.find(ID)).isEmpty();
        assertThat(table.claim(ID, "you")).isInstanceOf(Claim.Unknown.class);
        assertThat(table.create(SampleSessions.head("s", Lease.first("you", now.instant())), SampleSessions.INPUT))
                .isInstanceOf(Written.Done.class);
    }

    @Test
    void sessionsThatNobodyGoesOnWithAreGivenUpAndThenDeleted() {
        List<SessionHead> unowned = new ArrayList<>();
        var sweeper = new SessionSweeper(items, clock, SweepRule.GRACE, unowned::add);
        SessionHead mine = begun("me");
        now.pass(SweepRule.GRACE.plus(Duration.ofSeconds(1)));
        assertThat(sweeper.sweep(10))
                .as("its lease ran out less than the grace ago")
                .isEqualTo(swept(0, 0, 1));
        assertThat(unowned).isEmpty();
        now.pass(Lease.DURATION);
        assertThat(sweeper.sweep(10)).isEqualTo(swept(1, 0, 0));
        assertThat(unowned).containsExactly(mine);
        assertThat(table.find(ID).orElseThrow().status()).isEqualTo(SessionStatus.INCOMPLETE);
        assertThat(table.claim(ID, "you")).isInstanceOf(Claim.Ended.class);
        assertThat(sweeper.sweep(10)).isEqualTo(swept(0, 0, 0));

        now.pass(Duration.ofHours(1));
        assertThat(sweeper.sweep(10)).isEqualTo(swept(0, 1, 0));
        assertThat(items.all()).isEmpty();
        assertThat(unowned).as("told of once").hasSize(1);
    }

    @Test
    void aSweepIsBoundedAndLeavesTheLivingAlone() {
        var sweeper = new SessionSweeper(items, clock, SweepRule.GRACE, _ -> {});
        for (int i = 0; i < 40; i++) {
            table.create(SampleSessions.head("s" + i, Lease.first("me", now.instant())), SampleSessions.INPUT);
        }
        now.pass(SweepRule.GRACE);
        for (int i = 0; i < 40; i++) {
            table.renew(SampleSessions.head("s" + i, Lease.first("me", now.instant())));
        }
        assertThat(sweeper.sweep(2).more()).isTrue();
        assertThat(sweeper.sweep(40).givenUp()).isZero();
        assertThat(sweeper.sweep(40)).as("looked at again later").isEqualTo(swept(0, 0, 0));
    }

    /** Its client has left it: who does not come back within the grace does not come back. */
    @Test
    void whatAClientHasLeftIsGivenUpSoonAndWhatIsQueuedIsNot() {
        var sweeper = new SessionSweeper(items, clock, SweepRule.GRACE, _ -> {});
        table.release(begun("me"));
        table.create(SampleSessions.head("queued", Lease.queued(now.instant())), SampleSessions.INPUT);
        now.pass(SweepRule.GRACE.plus(Duration.ofSeconds(1)));

        assertThat(sweeper.sweep(10)).isEqualTo(swept(1, 0, 1));
        assertThat(table.head(ID).orElseThrow().status()).isEqualTo(SessionStatus.INCOMPLETE);
        assertThat(table.head(new SessionId("queued")).orElseThrow().status()).isEqualTo(SessionStatus.RUNNING);
    }

    /** Its attempts renew its lease, so that no sweep ends it. */
    @Test
    void whatReadersGoOnWithOutlastsOutagesAsLongAsATurnMayTakeAndNoLonger() {
        SessionHead queued = SampleSessions.head("q", Lease.queued(now.instant()));
        SessionHead taken = queued.with(queued.lease().takenBy("reader", now.instant()));
        assertThat(SweepRule.outlastsOutages(taken, now.instant())).isTrue();
        assertThat(SweepRule.outlastsOutages(begun("me"), now.instant()))
                .as("its client waits")
                .isFalse();
        now.pass(SweepRule.QUEUED_MAX.minusMillis(1));
        assertThat(SweepRule.outlastsOutages(taken, now.instant())).isTrue();
        now.pass(Duration.ofMillis(1));
        assertThat(SweepRule.outlastsOutages(taken, now.instant())).isFalse();
    }

    /** As one that a newer function has written may be. */
    @Test
    void aHeadThatCannotBeReadDoesNotStopASweepAndIsDeletedInItsTime() {
        var sweeper = new SessionSweeper(items, clock, SweepRule.GRACE, _ -> {});
        for (int i = 0; i < 20; i++) {
            table.create(SampleSessions.head("s" + i, Lease.first("me", now.instant())), SampleSessions.INPUT);
        }
        ItemKey strange = HeadItem.key(new SessionId("s7"));
        items.put(items.get(strange).orElseThrow().with(HeadItem.STATUS, "DREAMING"));
        now.pass(SweepRule.GRACE.plus(Lease.DURATION).plusSeconds(1));
        assertThat(sweeper.sweep(100)).isEqualTo(swept(19, 0, 1));
        now.pass(Duration.ofHours(1));
        assertThat(sweeper.sweep(100)).isEqualTo(swept(0, 20, 0));
        assertThat(items.all()).isEmpty();
    }

    /** They would be the first that are due for ever. */
    @Test
    void headsThatCannotBeReadLeaveThePageToOthers() {
        var sweeper = new SessionSweeper(items, clock, SweepRule.GRACE, _ -> {});
        for (int i = 0; i < 40; i++) {
            ItemKey key = HeadItem.key(new SessionId("s" + i));
            table.create(SampleSessions.head("s" + i, Lease.first("me", now.instant())), SampleSessions.INPUT);
            // Of two kinds: a word that is unknown, and a number where a text belongs.
            Item head = items.get(key).orElseThrow();
            items.put(i % 2 == 0 ? head.with(HeadItem.STATUS, "DREAMING") : head.with(HeadItem.STATUS, 7));
        }
        now.pass(SweepRule.GRACE);
        assertThat(sweeper.sweep(40)).isEqualTo(swept(0, 0, 40));
        assertThat(sweeper.sweep(1)).as("looked at again later").isEqualTo(swept(0, 0, 0));
        now.pass(Duration.ofHours(2));
        assertThat(sweeper.sweep(100)).isEqualTo(swept(0, 40, 0));
        assertThat(items.all()).isEmpty();
    }

    /** What the text may be is kept, so that another function drafts from it, too. */
    @Test
    void aPredictionIsKeptWithThePrompt() {
        Tokens prediction = Tokens.of(IntStream.range(0, 60_000).toArray());
        SessionRequest request = SampleSessions.request("s", SampleSessions.PROMPT);
        var generation = request.generation().predicting(prediction);
        SessionHead head = SessionHead.of(
                new SessionRequest(
                        generation,
                        request.speculation(),
                        request.target(),
                        request.workers(),
                        request.terms(),
                        request.account(),
                        request.arrivedNanos()),
                Lease.queued(now.instant()),
                now.instant(),
                now.instant().plusSeconds(3_600));
        table.create(head, SessionInput.of(generation));
        assertThat(table.claim(ID, "you"))
                .isInstanceOfSatisfying(
                        Claim.Taken.class,
                        taken -> assertThat(taken.record().generation()).isEqualTo(generation));
        table.delete(ID);
        assertThat(items.all()).isEmpty();
    }

    /** Whatever is left is due the next time. */
    @Test
    void noSweepDeletesMoreThanItMay() {
        SessionHead head = begun("me");
        for (int i = 0; i < 20; i++) {
            table.append(head.with(i + 1, null), SampleSessions.progress(i, 1, null));
        }
        now.pass(Duration.ofHours(1));
        var sweeper = new SessionSweeper(items, clock, SweepRule.GRACE, _ -> {});
        int sweeps = 0;
        while (!items.all().isEmpty()) {
            int before = items.all().size();
            sweeper.sweep(10, 5);
            assertThat(before - items.all().size()).isBetween(1, 5);
            sweeps++;
        }
        assertThat(sweeps).isGreaterThan(3);
    }

    @Test
    void aLapseIsToldOfOnce() {
        SessionHead head = begun("me");
        now.pass(Lease.DURATION.plus(Lease.SKEW_MAX));
        assertThat(table.noteAsked(head)).isTrue();
        assertThat(table.noteAsked(head)).isFalse();
        table.forgetAsked(head);
        assertThat(table.noteAsked(head)).as("nobody could be told").isTrue();

        table.claim(ID, "you");
        SessionHead taken = table.head(ID).orElseThrow();
        assertThat(table.noteAsked(head)).as("somebody goes on").isFalse();
        assertThat(table.noteAsked(taken)).as("another lapse").isTrue();
    }

    /** A note whose answer is lost is refused when it is made again, and nobody is told of the lapse; or who made it was killed. */
    @Test
    void aLapseThatNobodyTookUpIsToldOfAgain() {
        SessionHead head = begun("me");
        now.pass(Lease.DURATION.plus(Lease.SKEW_MAX));
        table.noteAsked(head);
        now.pass(SweepRule.ASKED_AGAIN_AFTER.minusMillis(1));
        assertThat(table.noteAsked(head)).as("whoever was told is given time").isFalse();
        now.pass(Duration.ofMillis(1));
        assertThat(table.noteAsked(head)).isTrue();
        assertThat(table.noteAsked(head)).isFalse();

        now.pass(Duration.ofHours(2));
        int told = 0;
        for (int second = 0; second < 3_600; second++) {
            told += table.noteAsked(head) ? 1 : 0;
            now.pass(Duration.ofSeconds(1));
        }
        assertThat(told).as("seldom, however often somebody asks").isEqualTo(12);
    }

    /** As the version before noted it. */
    @Test
    void aNoteThatDoesNotSayWhenIsNone() {
        SessionHead head = begun("me");
        now.pass(Lease.DURATION.plus(Lease.SKEW_MAX));
        long lapse = head.lease().until().toEpochMilli();
        items.update(HeadItem.key(ID), Update.none().set(HeadItem.ASKED, lapse), Condition.always());

        assertThat(table.noteAsked(head)).isTrue();
        assertThat(table.noteAsked(head)).isFalse();
    }

    private static SessionSweeper.Swept swept(int givenUp, int deleted, int kept) {
        return new SessionSweeper.Swept(givenUp, deleted, kept, false);
    }

    @Test
    void theLongestSessionIsSplitIntoItems() {
        longest(table, items);
        assertThat(items.all())
                .allSatisfy(item -> assertThat(ItemSize.bytes(item)).isLessThan(ITEM_BYTES_MAX));
    }

    @Test
    void soItIsOnTheWire() {
        String name = SharedAwsEmulator.freshName("long");
        var settings = new StoreSettings(
                "us-east-1", SharedAwsEmulator.endpoint(), name, Duration.ofHours(1), false, Duration.ofSeconds(1));
        try (DynamoDbAsyncClient client = TableClient.of(
                settings, StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")))) {
            TableSchema.createIfAbsent(client, name);
            Table wire = new DynamoTable(client, name, clock);
            longest(new SessionTable(wire, clock), wire);
        }
    }

    /** A prompt and an answer of 65,536 tokens each, whose ids and pieces take as many bytes as they can. */
    private void longest(SessionTable sessions, Table raw) {
        int count = 65_536;
        Tokens ids = Tokens.of(
                IntStream.range(0, count).map(i -> Integer.MAX_VALUE - i).toArray());
        SessionHead head = SessionHead.of(
                SampleSessions.request("s", ids),
                Lease.first("me", now.instant()),
                now.instant(),
                now.instant().plusSeconds(3_600));
        assertThat(sessions.create(head, new SessionInput(ids, Tokens.none()))).isInstanceOf(Written.Done.class);
        var recording = new Recording(sessions, clock, head, new SessionInput(ids, Tokens.none()), true);
        Progress all = new Progress(ids, Collections.nCopies(count, " \u4E16\u754C\uD83D\uDE00"), FinishReason.LENGTH);
        recording.committed(all);
        while (recording.hasPending()) {
            assertThat(recording.next()).isInstanceOf(Written.Done.class);
        }
        SessionRecord record = sessions.find(ID).orElseThrow();
        assertThat(record.prompt()).isEqualTo(ids);
        assertThat(record.progress()).isEqualTo(all);
        assertThat(raw.keys(HeadItem.pk(ID), 1_000)).hasSizeGreaterThan(3);
        sessions.delete(ID);
        assertThat(raw.keys(HeadItem.pk(ID), 1_000)).isEmpty();
    }

    @Test
    void onePieceOfTheGreatestLengthFits() {
        SessionHead head = begun("me");
        String piece = "\u4E16".repeat(64 * 1_024);
        var recording = new Recording(table, clock, head, SampleSessions.INPUT, true);
        recording.committed(new Progress(Tokens.of(1, 2), Arrays.asList(piece, piece), null));
        recording.next();
        recording.next();
        assertThat(recording.hasPending()).isFalse();
        assertThat(items.all())
                .allSatisfy(item -> assertThat(ItemSize.bytes(item)).isLessThan(ITEM_BYTES_MAX));
    }
}
