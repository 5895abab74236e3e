package io.wanspec.functions.access.budget;

import io.wanspec.functions.table.Item;
import io.wanspec.functions.table.ItemKey;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The state of a key's use as an item, and back. */
final class UsageItem {
    static final String VERSION = "version";
    private static final String WINDOW = "Window";
    private static final String SLOTS = "slots";
    private static final String MARKS = "marks";

    /** More than write at once while one of them is sent twice. */
    static final int MARKS_MAX = 32;

    private UsageItem() {}

    /** What became of a write, as far as the item tells. */
    enum Fate {
        TOOK_EFFECT,
        /** Another one took its version: it never will. */
        NEVER,
        /** It still may. */
        OPEN,
        /** Too many have written since. */
        OUT_OF_SIGHT
    }

    /**
     * Whether a write took effect that nobody answered, or that was refused because it had been sent twice.
     *
     * @param item as it is now
     * @param version that it was to have
     * @param mark by which the write is known
     */
    static Fate fate(@Nullable Item item, long version, String mark) {
        long now = version(item);
        if (now < version) {
            return now == version - 1 ? Fate.OPEN : Fate.OUT_OF_SIGHT;
        }
        List<String> marks = marks(item);
        long place = marks.size() - 1 - (now - version);
        if (place < 0) {
            return Fate.OUT_OF_SIGHT;
        }
        return marks.get((int) place).equals(mark) ? Fate.TOOK_EFFECT : Fate.NEVER;
    }

    /** An item of the version before has none. */
    private static List<String> marks(@Nullable Item item) {
        return item == null || !item.attributes().containsKey(MARKS) ? List.of() : item.texts(MARKS);
    }

    /** @param before as it was read; its next version follows, marked by whoever writes it */
    static Item next(ItemKey key, @Nullable Item before, UsageState state, String mark) {
        List<String> marks = new ArrayList<>(marks(before));
        marks.add(mark);
        return write(key, state, version(before) + 1)
                .with(MARKS, marks.subList(Math.max(0, marks.size() - MARKS_MAX), marks.size()));
    }

    static long version(@Nullable Item item) {
        return item == null ? 0 : item.number(VERSION);
    }

    private static Item write(ItemKey key, UsageState state, long version) {
        Item item = Item.of(key).with(VERSION, version);
        for (var counter : state.counters().entrySet()) {
            String name = counter.getKey().attribute();
            item = item.with(name, counter.getValue().taken())
                    .with(name + WINDOW, counter.getValue().window());
        }
        List<String> slots = new ArrayList<>();
        state.slots().forEach((function, lease) -> slots.add(function + " " + lease.slots() + " " + lease.untilMs()));
        return item.with(SLOTS, slots);
    }

    static UsageState read(@Nullable Item item) {
        if (item == null) {
            return UsageState.EMPTY;
        }
        Map<Budget, Counter> counters = new EnumMap<>(Budget.class);
        for (Budget budget : Budget.values()) {
            item.findNumber(budget.attribute())
                    .ifPresent(taken ->
                            counters.put(budget, new Counter(item.number(budget.attribute() + WINDOW), taken)));
        }
        Map<String, SlotLease> slots = new HashMap<>();
        for (String text : item.texts(SLOTS)) {
            String[] parts = text.split(" ", -1);
            slots.put(parts[0], new SlotLease(Long.parseLong(parts[1]), Long.parseLong(parts[2])));
        }
        return new UsageState(counters, slots);
    }
}
