package io.wanspec.functions.workers;

import io.wanspec.contracts.ModelIdentity;
import io.wanspec.contracts.WorkerId;
import io.wanspec.contracts.relay.Ticket;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which workers on site are there, in the table: each writes itself anew with every ticket, and is forgotten when it has not done so for
 * a while. Blocks, and throws what {@link Table} throws.
 */
public final class Roster {
    /** Workers of all tokens that are read at once. */
    private static final int LISTED_MAX = 1_000;

    /** As long as a ticket, and then some for who renews late. */
    static final Duration KEPT = Duration.ofSeconds(Ticket.LIFE_SECONDS + 15);

    private static final int SWEPT_MAX = 8;

    private static final String LIST = "workers";

    private final Table table;

    public Roster(Table table) {
        this.table = table;
    }

    /** Those that joined with a token. */
    List<RosterEntry> with(String token) {
        return table.query(LIST, token + ".", WorkerScope.WORKERS_MAX + 1).stream()
                .map(Roster::read)
                .toList();
    }

    void put(RosterEntry entry) {
        table.put(write(entry));
    }

    /**
     * Removes some of those that are there no more: the table itself takes days for it, and so many could hide those who are. Called whenever
     * there is one more, they stay few.
     */
    void sweep() {
        List<ItemKey> all = table.keys(LIST, LISTED_MAX);
        Set<ItemKey> live =
                table.query(LIST, "", LISTED_MAX).stream().map(Item::key).collect(Collectors.toSet());
        all.stream().filter(key -> !live.contains(key)).limit(SWEPT_MAX).forEach(table::delete);
    }

    void remove(WorkerId worker) {
        table.delete(key(worker));
    }

    private static ItemKey key(WorkerId worker) {
        return new ItemKey(LIST, worker.value());
    }

    private static Item write(RosterEntry entry) {
        ModelIdentity model = entry.model();
        Item item = Item.of(key(entry.id()))
                .with("token", entry.token())
                .with("site", entry.site())
                .with("model", model.name())
                .with("tokenizer", model.tokenizer())
                .with("weights", model.weights())
                .with("vocabulary", model.vocabulary())
                .with("context", model.contextTokens())
                .with("slots", entry.slots())
                .with("busy", entry.busy())
                .with("joinedAt", entry.joinedAt().toEpochMilli())
                .with("seenAt", entry.seenAt().toEpochMilli())
                .expiring(entry.seenAt().plus(KEPT));
        item = with(item, "passMicros", entry.pass());
        return with(item, "relayMicros", entry.toRelay());
    }

    private static RosterEntry read(Item item) {
        return new RosterEntry(
                new WorkerId(item.key().sk()),
                item.text("token"),
                item.text("site"),
                new ModelIdentity(
                        item.text("model"),
                        item.text("tokenizer"),
                        item.text("weights"),
                        Math.toIntExact(item.number("vocabulary")),
                        Math.toIntExact(item.number("context"))),
                Math.toIntExact(item.number("slots")),
                Math.toIntExact(item.number("busy")),
                duration(item.findNumber("passMicros")),
                duration(item.findNumber("relayMicros")),
                Instant.ofEpochMilli(item.number("joinedAt")),
                Instant.ofEpochMilli(item.number("seenAt")));
    }

    private static Item with(Item item, String name, Optional<Duration> value) {
        return value.map(time -> item.with(name, time.toNanos() / 1_000)).orElse(item);
    }

    private static Optional<Duration> duration(OptionalLong micros) {
        return micros.isPresent() ? Optional.of(Duration.ofNanos(micros.getAsLong() * 1_000)) : Optional.empty();
    }
}
