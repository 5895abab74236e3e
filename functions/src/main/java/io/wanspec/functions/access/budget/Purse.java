package io.wanspec.functions.access.budget;

import io.wanspec.functions.access.KeyLimits;
import java.util.EnumMap;
import java.util.Map;

/**
 * What one function holds of one key's budget: it spends from here while that lasts, which costs no write. Pure but for its
 * memory: the time is an argument, the table somebody else's.
 */
final class Purse {
    /** How many requests a function asks for at once, if as many are free. */
    private static final long REQUESTS_WISH = 16;

    /** Where there are so many places in all, a function holds two more than it needs. */
    private static final long SLOTS_MANY = 16;

    private static final long SLOTS_WISH = 2;

    /** A lease is not relied on in its last moments: clocks differ. */
    private static final long SLOT_MARGIN_MS = 2_000;

    private final String function;
    private final Map<Budget, Held> held = new EnumMap<>(Budget.class);
    private long slots;
    private long slotsUntilMs;
    private long running;
    private long lastAnswer;

    /**
     * What there was of a need when the table had to be asked for the rest: nobody else spends it meanwhile.
     *
     * @param held of each budget that has a limit
     */
    record Aside(Need need, Ask ask, Map<Budget, Held> held) {
        Aside {
            held = Map.copyOf(held);
        }
    }

    Purse(String function) {
        this.function = function;
    }

    /** Spends, if there is enough of everything that has a limit. */
    boolean spend(KeyLimits limits, Need need, long nowMs) {
        for (Budget budget : need.amounts().keySet()) {
            if (budget.limit(limits).isPresent() && left(budget, nowMs) < need.of(budget)) {
                return false;
            }
        }
        if (need.slot() && limits.concurrent().isPresent() && slotsAt(nowMs) < running + 1) {
            return false;
        }
        need.amounts().forEach((budget, amount) -> {
            if (budget.limit(limits).isPresent()) {
                held.computeIfPresent(budget, (_, before) -> before.plus(-amount));
            }
        });
        if (need.slot()) {
            running++;
            lastAnswer = need.of(Budget.TOKENS_PER_MINUTE);
        }
        return true;
    }

    /** Takes out of the purse what there is of the need, and a place. Ends with {@link #spent} or {@link #putBack}. */
    Aside setAside(KeyLimits limits, Need need, long nowMs) {
        Ask ask = ask(limits, need, nowMs);
        Map<Budget, Held> aside = new EnumMap<>(Budget.class);
        for (Budget budget : need.amounts().keySet()) {
            if (budget.limit(limits).isPresent()) {
                long amount = Math.min(left(budget, nowMs), need.of(budget));
                Held taken = held.getOrDefault(budget, Held.NOTHING);
                held.put(budget, taken.plus(-amount));
                aside.put(budget, new Held(taken.window(), amount));
            }
        }
        running += need.slot() ? 1 : 0;
        return new Aside(need, ask, aside);
    }

    /**
     * Spends what was set aside with what has come.
     *
     * @return false if the two belong to different windows, and the newer one's does not do: then all is in the purse again
     */
    boolean spent(Aside aside, Taking.Granted granted) {
        placesOf(granted);
        Map<Budget, Held> together = new EnumMap<>(Budget.class);
        together.putAll(granted.taken());
        aside.held().forEach((budget, before) -> together.merge(budget, before, Held::and));
        Need need = aside.need();
        boolean enough = aside.held().keySet().stream()
                .allMatch(budget -> together.getOrDefault(budget, Held.NOTHING).left() >= need.of(budget));
        if (enough) {
            aside.held()
                    .keySet()
                    .forEach(budget -> together.computeIfPresent(budget, (_, all) -> all.plus(-need.of(budget))));
            lastAnswer = need.slot() ? need.of(Budget.TOKENS_PER_MINUTE) : lastAnswer;
        } else {
            running -= need.slot() ? 1 : 0;
        }
        refund(together);
        return enough;
    }

    /** The table does not give what was lacking. */
    void putBack(Aside aside) {
        running -= aside.need().slot() ? 1 : 0;
        refund(aside.held());
    }

    /** What must be asked for so that {@link #spend} succeeds, and what may be asked for with it. */
    Ask ask(KeyLimits limits, Need need, long nowMs) {
        Map<Budget, Ask.Part> parts = new EnumMap<>(Budget.class);
        for (Budget budget : Budget.values()) {
            if (budget.limit(limits).isPresent()) {
                long left = left(budget, nowMs);
                long lacking = Math.max(0, need.of(budget) - left);
                parts.put(budget, Ask.Part.take(lacking, Math.max(0, wish(budget) + need.of(budget) - lacking - left)));
            }
        }
        boolean counted = limits.concurrent().isPresent();
        long kept = counted ? Math.max(running, slotsAt(nowMs)) : 0;
        long more = counted && need.slot() ? Math.max(0, running + 1 - kept) : 0;
        return new Ask(function, parts, kept, more, counted ? slotsWish(limits, need, kept) : 0);
    }

    /** A request is likely to need a place soon. */
    private long slotsWish(KeyLimits limits, Need need, long kept) {
        if (kept > running) {
            return 0;
        }
        return limits.concurrent().orElse(0) >= SLOTS_MANY ? SLOTS_WISH : need.slot() ? 0 : 1;
    }

    /** An answer is likely to follow a request, and to be as long as the last one was at most. */
    private long wish(Budget budget) {
        return switch (budget) {
            case REQUESTS_PER_MINUTE -> REQUESTS_WISH;
            case TOKENS_PER_MINUTE, TOKENS_PER_DAY -> lastAnswer;
        };
    }

    void placesOf(Taking.Granted granted) {
        slots = granted.slots();
        slotsUntilMs = granted.slotsUntilMs();
    }

    /** An answer has ended that had reserved more than it used. */
    void ended(Map<Budget, Held> unspent) {
        running--;
        refund(unspent);
    }

    /** What belongs to a window that is over is lost. */
    void refund(Map<Budget, Held> unspent) {
        unspent.forEach((budget, back) -> held.merge(budget, back, Held::and));
    }

    /** Takes out all but what answers under way need, to be given back: from here on nobody spends it. */
    Ask giveBack() {
        Map<Budget, Ask.Part> parts = new EnumMap<>(Budget.class);
        held.forEach((budget, rest) -> {
            if (rest.left() > 0) {
                parts.put(budget, Ask.Part.give(rest));
            }
        });
        held.replaceAll((_, rest) -> new Held(rest.window(), 0));
        return keepingPlacesInUse(parts);
    }

    /** To keep the places that are in use. */
    Ask renewal() {
        return keepingPlacesInUse(Map.of());
    }

    /** The others are not taken from here on. */
    private Ask keepingPlacesInUse(Map<Budget, Ask.Part> parts) {
        slots = Math.min(slots, running);
        return new Ask(function, parts, running, 0, 0);
    }

    boolean isRenewalDue(long nowMs) {
        return running > 0 && slots > 0 && slotsUntilMs - nowMs < UsageRules.SLOT_LEASE.toMillis() * 2 / 3;
    }

    boolean holdsAnything(long nowMs) {
        return slotsAt(nowMs) > running || held.entrySet().stream().anyMatch(entry -> left(entry.getKey(), nowMs) > 0);
    }

    long running() {
        return running;
    }

    /** A window that the table is ahead in counts: only this function's clock is behind. */
    long left(Budget budget, long nowMs) {
        Held now = held.getOrDefault(budget, Held.NOTHING);
        return now.window() >= budget.windowAt(nowMs) ? now.left() : 0;
    }

    /** What has just been spent belongs to this window. */
    long window(Budget budget, long nowMs) {
        return Math.max(
                budget.windowAt(nowMs), held.getOrDefault(budget, Held.NOTHING).window());
    }

    private long slotsAt(long nowMs) {
        return nowMs < slotsUntilMs - SLOT_MARGIN_MS ? slots : 0;
    }
}
