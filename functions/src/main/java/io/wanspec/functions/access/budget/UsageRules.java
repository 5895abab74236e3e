package io.wanspec.functions.access.budget;

import io.wanspec.functions.access.KeyLimits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * How budgets are divided among functions. All that functions take comes out of one counter, so that together they never have
 * more than the limit, whatever races with what. Pure.
 */
final class UsageRules {
    /** A wish takes at most this part of what is free beyond the need: what one function holds and does not use, others lack. */
    static final long WISH_SHARE = 8;

    /** How long a place survives the function that holds it. */
    static final Duration SLOT_LEASE = Duration.ofSeconds(30);

    /** Nobody knows when an answer ends; soon is a good guess. */
    static final long SLOT_RETRY_MS = 1_000;

    private UsageRules() {}

    /** Refused as a whole where one need cannot be met. */
    static Taking take(UsageState state, KeyLimits limits, Ask ask, long nowMs) {
        Map<Budget, Counter> counters = new EnumMap<>(Budget.class);
        counters.putAll(state.counters());
        Map<Budget, Held> taken = new EnumMap<>(Budget.class);
        for (var entry : ask.parts().entrySet()) {
            Budget budget = entry.getKey();
            Ask.Part part = entry.getValue();
            long limit = budget.limit(limits).orElse(KeyLimits.LIMIT_MAX);
            Counter before = returned(state.counter(budget, nowMs), part);
            long free = Math.max(0, limit - before.taken());
            if (part.need() > free) {
                long over = budget.msLeft(before.window(), nowMs);
                return new Taking.Refused(new LimitHit(LimitHit.of(budget), limit, part.need(), over));
            }
            long amount = part.need() + wish(part.wish(), free - part.need());
            counters.put(budget, before.plus(amount));
            taken.put(budget, new Held(before.window(), amount));
        }
        return slots(state, limits, ask, nowMs, counters, taken);
    }

    /** What comes back to a window that is over comes too late. */
    private static Counter returned(Counter counter, Ask.Part part) {
        return counter.window() == part.returnedOf() ? counter.plus(-part.returned()) : counter;
    }

    private static long wish(long wished, long free) {
        return Math.min(wished, free / WISH_SHARE);
    }

    private static Taking slots(
            UsageState state,
            KeyLimits limits,
            Ask ask,
            long nowMs,
            Map<Budget, Counter> counters,
            Map<Budget, Held> taken) {
        Map<String, SlotLease> leases = new HashMap<>(state.slots());
        leases.values().removeIf(lease -> lease.untilMs() <= nowMs);
        leases.remove(ask.function());
        long limit = limits.concurrent().orElse(KeyLimits.LIMIT_MAX);
        long others = leases.values().stream().mapToLong(SlotLease::slots).sum();
        long free = Math.max(0, limit - others - ask.slotsKept());
        if (ask.slotsMore() > free) {
            return new Taking.Refused(new LimitHit(LimitHit.Kind.CONCURRENT, limit, ask.slotsMore(), SLOT_RETRY_MS));
        }
        // Rounded up: of few places one is a share.
        long wish = Math.min(ask.slotsWish(), Math.ceilDiv(free - ask.slotsMore(), WISH_SHARE));
        long slots = ask.slotsKept() + ask.slotsMore() + wish;
        long until = nowMs + SLOT_LEASE.toMillis();
        if (slots > 0) {
            leases.put(ask.function(), new SlotLease(slots, until));
        }
        return new Taking.Granted(new UsageState(counters, leases), taken, slots, until);
    }
}
