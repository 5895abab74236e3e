package io.wanspec.functions.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.emulator.aws.SharedAwsEmulator;
import io.wanspec.functions.settings.StoreSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.services.dynamodb.DynamoDbAsyncClient;

/** The table on the wire, and beside it the model that tests of rules use: both do the same. */
final class DynamoTableTest {
    /** To come: the emulator deletes what has expired by its own clock. */
    private static final Instant NOW = Instant.parse("2126-11-01T12:00:00Z");

    private static final List<Condition.Operator> OPERATORS = List.of(Condition.Operator.values());
    private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
    private static final String TABLE = SharedAwsEmulator.freshName("rows");
    private static DynamoDbAsyncClient client;

    @BeforeAll
    static void start() {
        var settings = new StoreSettings(
                "us-east-1", SharedAwsEmulator.endpoint(), TABLE, Duration.ofHours(1), false, Duration.ofSeconds(1));
        client = TableClient.of(settings, StaticCredentialsProvider.create(AwsBasicCredentials.create("a", "b")));
        TableSchema.createIfAbsent(client, TABLE);
        TableSchema.createIfAbsent(client, TABLE);
    }

    @AfterAll
    static void stop() {
        client.close();
    }

    private static Table table() {
        return new DynamoTable(client, TABLE, CLOCK);
    }

    @Test
    void aRefusedWriteShowsWhatIsThere() {
        ItemKey key = ItemKey.head("refused");
        Item first = Item.of(key).with("owner", "me").with("fence", 3).with("raw", new byte[] {0, -1});

        assertThat(table().put(first, Condition.absent()).tookEffect()).isTrue();
        assertThat(table().put(first.with("owner", "you"), Condition.absent())).isEqualTo(new Write.Refused(0, first));
        assertThat(table().update(key, Update.none().add("fence", 1), Condition.equal("fence", 4)))
                .isEqualTo(new Write.Refused(0, first));
        assertThat(table().delete(key, Condition.equal("owner", "you"))).isEqualTo(new Write.Refused(0, first));
        assertThat(table().delete(ItemKey.head("nobody"), Condition.present())).isEqualTo(new Write.Refused(0, null));
        assertThat(table().get(key)).contains(first);
    }

    @Test
    void anUpdateAnswersWithTheItemAsItIsNow() {
        ItemKey key = ItemKey.head("updated");
        Update more = Update.none().add("count", 2).set("status", "on").remove("gone");

        table().put(Item.of(key).with("gone", "x"));
        assertThat(table().update(key, more, Condition.present()))
                .isEqualTo(new Write.Done(Item.of(key).with("count", 2).with("status", "on")));
        assertThat(table().update(ItemKey.head("new"), more, Condition.absent()).tookEffect())
                .isTrue();
    }

    @Test
    void anItemIsReadBehindTransactions() {
        ItemKey key = ItemKey.head("settled");
        assertThat(table().getSettled(key)).isEmpty();
        Item item = Item.of(key).with("fence", 1);
        table().transact(List.of(Change.put(item), Change.put(Item.of(ItemKey.head("settled-too")))));
        assertThat(table().getSettled(key)).contains(item);
        table().put(item.expiring(NOW.minusSeconds(1)));
        assertThat(table().getSettled(key)).isEmpty();
    }

    @Test
    void aTransactionWritesAllOrNothing() {
        ItemKey head = ItemKey.head("together");
        table().put(Item.of(head).with("fence", 1));
        Change good = Change.put(Item.of(new ItemKey("together", "a")));
        Change bad = Change.check(head, Condition.equal("fence", 2));

        assertThat(table().transact(List.of(good, bad)))
                .isEqualTo(new Write.Refused(1, Item.of(head).with("fence", 1)));
        assertThat(table().get(good.key())).isEmpty();
        assertThat(table().transact(List.of(good, Change.check(head, Condition.equal("fence", 1))))
                        .tookEffect())
                .isTrue();
        assertThat(table().get(good.key())).isPresent();
    }

    @Test
    void aPartitionIsReadInOrderOverAllItsPages() {
        byte[] large = new byte[200_000];
        for (int i = 0; i < 12; i++) {
            table().put(Item.of(new ItemKey("pages", "part#%02d".formatted(i))).with("raw", large));
        }
        table().put(Item.of(new ItemKey("pages", "zzz")));

        assertThat(sortKeys(table().query("pages", "part#", 100)))
                .isEqualTo(
                        IntStream.range(0, 12).mapToObj("part#%02d"::formatted).toList());
        assertThat(sortKeys(table().query("pages", "part#", 7))).hasSize(7);
        assertThat(sortKeys(table().query("pages", "part#03", "part#05", 100)))
                .containsExactly("part#03", "part#04", "part#05");
    }

    @Test
    void whatHasExpiredIsNotFoundAndInNobodysWay() {
        ItemKey key = new ItemKey("old", "a");
        Item old = Item.of(key).expiring(NOW);
        Item other = old.with("owner", "other").expiring(NOW.plusSeconds(1));

        assertThat(table().put(old, Condition.absentOrExpired(NOW)).tookEffect())
                .isTrue();
        assertThat(table().get(key)).isEmpty();
        assertThat(table().query("old", "", 9)).isEmpty();
        assertThat(table().put(other, Condition.absentOrExpired(NOW)).tookEffect())
                .isTrue();
        assertThat(table().get(key)).contains(other);
        assertThat(table().put(old, Condition.absentOrExpired(NOW)).tookEffect())
                .isFalse();
    }

    @Test
    void whatIsDueIsFoundAndNothingElse() {
        Item due = Due.at(Item.of(ItemKey.head("due-1")), NOW);
        table().put(due);
        table().put(Due.at(Item.of(ItemKey.head("due-2")), NOW.plusSeconds(1)));
        table().put(Item.of(ItemKey.head("due-3")));

        assertThat(IntStream.range(0, Due.SHARDS).boxed().flatMap(shard -> table().due(shard, NOW, 10).stream()))
                .containsExactly(due.key());
    }

    /** The same seeded writes, to the table and to its model. */
    @Test
    void theModelDoesWhatTheTableDoes() {
        var model = new TableModel(CLOCK);
        var random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            List<Change> changes = changes(random);
            assertThat(write(table(), changes)).as("write %d: %s", i, changes).isEqualTo(write(model, changes));
        }
        assertThat(table().query("same", "", 100)).isEqualTo(model.query("same", "", 100));
    }

    private static Write write(Table table, List<Change> changes) {
        return changes.size() == 1 && !(changes.getFirst() instanceof Change.Check)
                ? table.write(changes.getFirst())
                : table.transact(changes);
    }

    private static List<Change> changes(Random random) {
        List<Integer> places = new ArrayList<>(List.of(0, 1, 2, 3));
        Collections.shuffle(places, random);
        return places.stream()
                .limit(1 + random.nextInt(3))
                .map(place -> change(new ItemKey("same", "part#" + place), random))
                .toList();
    }

    private static Change change(ItemKey key, Random random) {
        Condition condition = condition(random, 2);
        return switch (random.nextInt(4)) {
            case 0 -> Change.put(Item.of(key).with("n", random.nextInt(4)).with("s", letter(random)), condition);
            case 1 -> Change.update(key, update(random), condition);
            case 2 -> Change.delete(key, condition);
            default -> Change.check(key, condition.and(Condition.absent().or(Condition.has("n"))));
        };
    }

    private static Update update(Random random) {
        return switch (random.nextInt(3)) {
            case 0 -> Update.none().add("n", 1).set("s", letter(random));
            case 1 -> Update.none().set("n", random.nextInt(4)).remove("s");
            default -> Update.none().remove("n");
        };
    }

    private static Condition condition(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> Condition.always();
            case 1 -> Condition.present();
            case 2 -> Condition.absent();
            case 3 -> Condition.has("s");
            case 4 -> Condition.equal("s", letter(random));
            case 5 -> Condition.number("n", OPERATORS.get(random.nextInt(OPERATORS.size())), random.nextInt(4));
            case 6 -> condition(random, depth - 1).and(condition(random, depth - 1));
            case 7 -> condition(random, depth - 1).or(condition(random, depth - 1));
            default -> condition(random, depth - 1).negated();
        };
    }

    private static String letter(Random random) {
        return random.nextBoolean() ? "a" : "b";
    }

    private static List<String> sortKeys(List<Item> items) {
        return items.stream().map(item -> item.key().sk()).toList();
    }
}
