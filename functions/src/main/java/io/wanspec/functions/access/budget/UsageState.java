package io.wanspec.functions.access.budget;

import java.util.Map;
import java.util.Optional;

/**
 * What the table knows of one key's use.
 *
 * @param slots by the function that holds them
 */
record UsageState(Map<Budget, Counter> counters, Map<String, SlotLease> slots) {
    static final UsageState EMPTY = new UsageState(Map.of(), Map.of());

    UsageState {
        counters = Map.copyOf(counters);
        slots = Map.copyOf(slots);
    }

    Counter counter(Budget budget, long nowMs) {
        long window = budget.windowAt(nowMs);
        return Optional.ofNullable(counters.get(budget))
                .map(counter -> counter.in(window))
                .orElseGet(() -> new Counter(window, 0));
    }
}
