package io.wanspec.functions.table;

import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the table does, without a network: for schedules that no emulator can be made to play. */
public final class TableModel implements Table {
    private static final int ITEM_BYTES_MAX = 400 * 1024;
    private static final int TRANSACTION_ITEMS_MAX = 100;

    private final Clock clock;
    private final Map<ItemKey, Item> items =
            new TreeMap<>(Comparator.comparing(ItemKey::pk).thenComparing(ItemKey::sk));
    private long writes;
    private long itemsRead;

    public TableModel(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized Optional<Item> get(ItemKey key) {
        itemsRead++;
        return Optional.ofNullable(items.get(key)).filter(item -> !item.isExpired(clock.instant()));
    }

    @Override
    public synchronized List<Item> query(String pk, String from, String to, int itemsMax) {
        return items.values().stream()
                .filter(item -> item.key().pk().equals(pk)
                        && item.key().sk().compareTo(from) >= 0
                        && item.key().sk().compareTo(to) <= 0)
                .limit(itemsMax)
                .peek(item -> itemsRead++)
                .filter(item -> !item.isExpired(clock.instant()))
                .toList();
    }

    @Override
    public synchronized List<ItemKey> keys(String pk, int itemsMax) {
        return items.keySet().stream()
                .filter(key -> key.pk().equals(pk))
                .limit(itemsMax)
                .toList();
    }

    @Override
    public synchronized List<ItemKey> due(int shard, Instant until, int itemsMax) {
        return items.values().stream()
                .filter(item -> item.findText(Due.SHARD)
                                .filter(Due.shard(shard)::equals)
                                .isPresent()
                        && item.number(Due.AT) <= until.getEpochSecond())
                .sorted(Comparator.comparingLong(item -> item.number(Due.AT)))
                .limit(itemsMax)
                .map(Item::key)
                .toList();
    }

    @Override
    public synchronized Write write(Change change) {
        return transact(List.of(change));
    }

    @Override
    public synchronized Write transact(List<Change> changes) {
        if (changes.size() > TRANSACTION_ITEMS_MAX
                || changes.stream().map(Change::key).distinct().count() < changes.size()) {
            throw new IllegalArgumentException("a transaction has 100 items at most, each once");
        }
        for (int i = 0; i < changes.size(); i++) {
            Item present = items.get(changes.get(i).key());
            if (!changes.get(i).condition().holds(present)) {
                return new Write.Refused(i, present);
            }
        }
        @Nullable Item last = null;
        for (Change change : changes) {
            last = apply(change);
        }
        writes++;
        return new Write.Done(changes.size() == 1 ? last : null);
    }

    private @Nullable Item apply(Change change) {
        return switch (change) {
            case Change.Put(var item, var _) -> keep(item, null);
            case Change.Modify(var key, var update, var _) -> {
                Item now = update.apply(key, items.get(key));
                yield keep(now, now);
            }
            case Change.Delete(var key, var _) -> {
                items.remove(key);
                yield null;
            }
            case Change.Check check -> null;
        };
    }

    private @Nullable Item keep(Item item, @Nullable Item answer) {
        if (ItemSize.bytes(item) > ITEM_BYTES_MAX) {
            throw new IllegalArgumentException("an item has 400 KB at most");
        }
        items.put(item.key(), item);
        return answer;
    }

    /** Calls that wrote something. */
    public synchronized long writes() {
        return writes;
    }

    /** Items that were asked for, and those that came of queries. */
    public synchronized long itemsRead() {
        return itemsRead;
    }

    public synchronized List<Item> all() {
        return List.copyOf(items.values());
    }
}
