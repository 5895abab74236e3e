package io.wanspec.functions.observe;

import io.wanspec.functions.table.Condition;
import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import io.wanspec.functions.table.Table;
import io.wanspec.functions.table.Update;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What all functions did, in one item of the table: they come and go, and nobody can scrape them. A write whose answer is lost may
 * count twice, or not at all. Blocks, and throws {@link software.amazon.awssdk.core.exception.SdkException} if the table does not answer.
 */
public final class FunctionCounts {
    private static final ItemKey KEY = ItemKey.head("counts#functions");
    private static final String OLDEST_SINCE = "oldestSince";

    private final Table table;

    /**
     * What was counted so far.
     *
     * @param oldestSince of the jobs that a worker took last, since when the oldest had waited
     */
    public record Reading(Map<Counted, Long> counts, Optional<Instant> oldestSince) {
        static final Reading NOTHING = new Reading(Map.of(), Optional.empty());

        public Reading {
            counts = Map.copyOf(counts);
        }

        long of(Counted what) {
            return counts.getOrDefault(what, 0L);
        }
    }

    public FunctionCounts(Table table) {
        this.table = table;
    }

    void add(Reading more) {
        Update update = Update.none();
        for (var count : more.counts().entrySet()) {
            update = update.add(count.getKey().name(), count.getValue());
        }
        if (more.oldestSince().isPresent()) {
            update = update.set(OLDEST_SINCE, more.oldestSince().get().toEpochMilli());
        }
        table.update(KEY, update, Condition.always());
    }

    Reading read() {
        return table.get(KEY).map(FunctionCounts::reading).orElse(Reading.NOTHING);
    }

    private static Reading reading(Item item) {
        Map<Counted, Long> counts = new EnumMap<>(Counted.class);
        for (Counted what : Counted.values()) {
            item.findNumber(what.name()).ifPresent(number -> counts.put(what, number));
        }
        var since = item.findNumber(OLDEST_SINCE);
        return new Reading(
                counts, since.isPresent() ? Optional.of(Instant.ofEpochMilli(since.getAsLong())) : Optional.empty());
    }
}
