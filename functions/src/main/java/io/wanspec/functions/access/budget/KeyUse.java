package io.wanspec.functions.access.budget;

import io.wanspec.functions.access.KeyLimits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * One key's use in this function. Whoever finds the purse too empty asks the table, and the others wait for him: what he brings
 * is likely to do for them too. The table may be slow, so callers are virtual threads.
 */
final class KeyUse {
    /** How long nothing happens before what is left goes back. A request each second or two costs one write then, not two. */
    static final Duration QUIET = Duration.ofSeconds(2);

    /** How old a report of use may be while there is use. */
    static final Duration REPORT = Duration.ofSeconds(10);

    private final String keyId;
    private final UsageLedger ledger;
    private final Purse purse;
    private final ReentrantLock lock = new ReentrantLock();
    private UsageState seen = UsageState.EMPTY;
    private long requests;
    private long tokens;
    private volatile long touchedMs;
    private long reportedMs;

    KeyUse(String keyId, String function, UsageLedger ledger, long nowMs) {
        this.keyId = keyId;
        this.ledger = ledger;
        this.purse = new Purse(function);
        this.touchedMs = nowMs;
        this.reportedMs = nowMs;
    }

    Optional<LimitHit> request(KeyLimits limits, long nowMs) {
        lock.lock();
        try {
            Optional<LimitHit> hit = spend(limits, Need.request(), nowMs);
            requests += hit.isPresent() ? 0 : 1;
            return hit;
        } finally {
            lock.unlock();
        }
    }

    /** @return what the answer has reserved, or the limit that is in its way */
    Reserved reserve(KeyLimits limits, long tokensMax, long nowMs) {
        lock.lock();
        try {
            Optional<LimitHit> hit = spend(limits, Need.answer(tokensMax), nowMs);
            return hit.<Reserved>map(Reserved.Refused::new)
                    .orElseGet(() -> new Reserved.Reservation(tokensMax, windows(limits, nowMs)));
        } finally {
            lock.unlock();
        }
    }

    private Map<Budget, Long> windows(KeyLimits limits, long nowMs) {
        Map<Budget, Long> windows = new EnumMap<>(Budget.class);
        for (Budget budget : Need.answer(0).amounts().keySet()) {
            if (budget.limit(limits).isPresent()) {
                windows.put(budget, purse.window(budget, nowMs));
            }
        }
        return windows;
    }

    private Optional<LimitHit> spend(KeyLimits limits, Need need, long nowMs) {
        touchedMs = nowMs;
        if (purse.spend(limits, need, nowMs)) {
            return Optional.empty();
        }
        return switch (ledger.take(keyId, limits, purse.ask(limits, need, nowMs), nowMs)) {
            case Taking.Refused(var hit) -> Optional.of(whole(hit, need));
            case Taking.Granted granted -> {
                seen = granted.state();
                purse.take(granted);
                if (!purse.spend(limits, need, nowMs)) {
                    throw new IllegalStateException("what was granted does not do for what was needed");
                }
                yield Optional.empty();
            }
        };
    }

    /** The client is told what its request needs, not what this function lacked of it. */
    private static LimitHit whole(LimitHit hit, Need need) {
        long needed = switch (hit.kind()) {
            case REQUESTS_PER_MINUTE -> need.of(Budget.REQUESTS_PER_MINUTE);
            case TOKENS_PER_MINUTE -> need.of(Budget.TOKENS_PER_MINUTE);
            case TOKENS_PER_DAY -> need.of(Budget.TOKENS_PER_DAY);
            case CONCURRENT -> 1;
        };
        return new LimitHit(hit.kind(), hit.limit(), needed, hit.retryAfterMs());
    }

    /** An answer has ended that this function made. */
    void ended(Reserved.Reservation reservation, long used, long nowMs) {
        lock.lock();
        try {
            touchedMs = nowMs;
            tokens += used;
            purse.ended(reservation.unspent(used));
        } finally {
            lock.unlock();
        }
    }

    /** An answer will be made by another function, which settles it: its place here is free, its tokens stay charged. */
    void leftToOthers(long nowMs) {
        lock.lock();
        try {
            touchedMs = nowMs;
            purse.ended(Map.of());
        } finally {
            lock.unlock();
        }
    }

    /** An answer has ended that another function had begun, and reserved for. */
    void endedForOthers(long reserved, long used, long nowMs) {
        lock.lock();
        try {
            touchedMs = nowMs;
            tokens += used;
            long day = Budget.TOKENS_PER_DAY.windowAt(nowMs);
            purse.refund(Map.of(Budget.TOKENS_PER_DAY, new Held(day, Math.max(0, reserved - used))));
        } finally {
            lock.unlock();
        }
    }

    /** What is due by now: places renewed, what lies idle given back, use reported. */
    void tick(long nowMs) {
        lock.lock();
        try {
            if (purse.isRenewalDue(nowMs)) {
                keep(ledger.take(keyId, KeyLimits.none(), purse.renewal(), nowMs));
            }
            if (isQuiet(nowMs) && purse.holdsAnything(nowMs)) {
                giveBack(nowMs);
            }
            if (hasNews() && (isQuiet(nowMs) || nowMs - reportedMs >= REPORT.toMillis())) {
                report(nowMs);
            }
        } finally {
            lock.unlock();
        }
    }

    private void keep(Taking taking) {
        if (taking instanceof Taking.Granted granted) {
            seen = granted.state();
            purse.take(granted);
        }
    }

    private void giveBack(long nowMs) {
        if (ledger.take(keyId, KeyLimits.none(), purse.giveBack(), nowMs) instanceof Taking.Granted granted) {
            seen = granted.state();
            purse.gaveBack(granted);
        }
    }

    private void report(long nowMs) {
        long reportedRequests = requests;
        long reportedTokens = tokens;
        // Forgotten first: a report that was not answered may have arrived, and none is told twice.
        requests = 0;
        tokens = 0;
        reportedMs = nowMs;
        ledger.report(keyId, nowMs, reportedRequests, reportedTokens);
    }

    /** Gives everything back now, and reports: the function ends. */
    void close(long nowMs) {
        lock.lock();
        try {
            if (purse.holdsAnything(nowMs)) {
                giveBack(nowMs);
            }
            if (hasNews()) {
                report(nowMs);
            }
        } finally {
            lock.unlock();
        }
    }

    void touch(long nowMs) {
        touchedMs = nowMs;
    }

    /** Whether nothing is lost if this is forgotten. One that is in use is not idle: nobody waits to hear that. */
    boolean isIdle(long nowMs) {
        if (!lock.tryLock()) {
            return false;
        }
        try {
            return isQuiet(nowMs) && !hasNews() && !purse.holdsAnything(nowMs);
        } finally {
            lock.unlock();
        }
    }

    /** What is left of a budget, as far as this function knows: others may have taken more since. */
    Optional<BudgetView> view(Budget budget, KeyLimits limits, long nowMs) {
        lock.lock();
        try {
            OptionalLong limit = budget.limit(limits);
            if (limit.isEmpty()) {
                return Optional.empty();
            }
            Counter counter = seen.counter(budget, nowMs);
            long left = limit.getAsLong() - counter.taken() + purse.left(budget, nowMs);
            return Optional.of(new BudgetView(
                    limit.getAsLong(), Math.clamp(left, 0, limit.getAsLong()), budget.msLeft(counter.window(), nowMs)));
        } finally {
            lock.unlock();
        }
    }

    /** What this function holds and has not spent. */
    long left(Budget budget, long nowMs) {
        lock.lock();
        try {
            return purse.left(budget, nowMs);
        } finally {
            lock.unlock();
        }
    }

    private boolean hasNews() {
        return requests > 0 || tokens > 0;
    }

    private boolean isQuiet(long nowMs) {
        return purse.running() == 0 && nowMs - touchedMs >= QUIET.toMillis();
    }
}
