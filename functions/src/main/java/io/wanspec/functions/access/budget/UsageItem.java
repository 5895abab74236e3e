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

    private UsageItem() {}

    static long version(@Nullable Item item) {
        return item == null ? 0 : item.number(VERSION);
    }

    static Item write(ItemKey key, UsageState state, long version) {
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
