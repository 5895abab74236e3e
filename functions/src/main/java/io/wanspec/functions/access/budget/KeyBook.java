package io.wanspec.functions.access.budget;

import io.wanspec.functions.access.KeyLimits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * What this function knows of one key's use: what it holds, what its answers came to, what the table said last. Asks no table, and
 * its lock is never held while one is asked.
 */
final class KeyBook {
    /** How long nothing happens before what is left goes back. A request each second or two costs one write then, not two. */
    static final Duration QUIET = Duration.ofSeconds(2);

    private static final int WAITING_MIN = 2;

    private final Purse purse;
    private final UseReport report;
    private final ReentrantLock lock = new ReentrantLock();
    private UsageState seen = UsageState.EMPTY;
    private long settling;
    private long returns;
    private long waiting;
    private volatile long touchedMs;

    KeyBook(String function, long nowMs) {
        this.purse = new Purse(function);
        this.report = new UseReport(nowMs);
        this.touchedMs = nowMs;
    }

    // What is asked for.

    void touch(long nowMs) {
        touchedMs = nowMs;
    }

    /** @return empty if there is not enough here */
    Optional<Reserved> spend(KeyLimits limits, Need need, long nowMs) {
        return locked(() ->
                purse.spend(limits, need, nowMs) ? Optional.of(reservation(limits, need, nowMs)) : Optional.empty());
    }

    void request() {
        change(report::request);
    }

    /** What the table is to be asked. Ends with {@link #putBack} or {@link #granted}. */
    Purse.Aside setAside(KeyLimits limits, Need need, long nowMs) {
        return locked(() -> purse.setAside(limits, need, nowMs));
    }

    /** @param recovered what earlier calls came to, of which nobody knew */
    void putBack(Purse.Aside aside, Map<Budget, Held> recovered) {
        change(() -> {
            purse.putBack(aside);
            purse.refund(recovered);
        });
    }

    /** @return empty if that does not do any more */
    Optional<Reserved> granted(
            Purse.Aside aside, Taking.Granted granted, Map<Budget, Held> recovered, KeyLimits limits, long nowMs) {
        return locked(() -> {
            seen = granted.state();
            boolean spent = purse.spent(aside, granted);
            purse.refund(recovered);
            return spent ? Optional.of(reservation(limits, aside.need(), nowMs)) : Optional.empty();
        });
    }

    private Reserved.Reservation reservation(KeyLimits limits, Need need, long nowMs) {
        Map<Budget, Long> windows = new EnumMap<>(Budget.class);
        for (Budget budget : need.amounts().keySet()) {
            if (budget.limit(limits).isPresent()) {
                windows.put(budget, purse.window(budget, nowMs));
            }
        }
        return new Reserved.Reservation(need.of(Budget.TOKENS_PER_DAY), windows);
    }

    // What answers came to.

    /** An answer has ended that this function made: its place is free, and what it used is known. */
    void ended(Reserved.Reservation reservation, long used, long nowMs) {
        change(() -> {
            touchedMs = nowMs;
            report.tokens(used);
            purse.ended(reservation.unspent(used));
            returns++;
        });
    }

    /** An answer has ended here: its place is free. What it used is settled later, by {@link #settled} or {@link #notSettled}. */
    void freed(long nowMs) {
        change(() -> {
            touchedMs = nowMs;
            settling++;
            purse.ended(Map.of());
        });
    }

    /** Nobody else ends it. */
    void settled(Reserved.Reservation reservation, long used, long nowMs) {
        change(() -> {
            touchedMs = nowMs;
            settling--;
            report.tokens(used);
            purse.refund(reservation.unspent(used));
            returns++;
        });
    }

    /** Another function ends it as well, or may: its tokens stay charged. */
    void notSettled() {
        change(() -> settling--);
    }

    /** An answer will be made by another function, which settles it: its place here is free, its tokens stay charged. */
    void leftToOthers(long nowMs) {
        change(() -> {
            touchedMs = nowMs;
            purse.ended(Map.of());
        });
    }

    /**
     * An answer has ended that another function had begun, and reserved for.
     *
     * @param day out of whose budget it was reserved
     */
    void endedForOthers(long day, long reserved, long used, long nowMs) {
        change(() -> {
            touchedMs = nowMs;
            report.tokens(used);
            purse.refund(Map.of(Budget.TOKENS_PER_DAY, new Held(day, Math.max(0, reserved - used))));
        });
    }

    /** An answer has ended whose key had no budget when it was reserved. */
    void used(long used, long nowMs) {
        change(() -> {
            touchedMs = nowMs;
            report.tokens(used);
        });
    }

    // Who may wait for them.

    /** How often something has come back from answers. */
    long returns() {
        return locked(() -> returns);
    }

    /** Whether answers have ended here that are not settled yet: something is about to come back. */
    boolean isSettling() {
        return locked(() -> settling > 0);
    }

    /** Whether answers are being made here: one of them may be about to end. */
    boolean isMaking() {
        return locked(() -> purse.running() > 0);
    }

    /**
     * Lets a request wait for what may come back: one for each answer that is about to end, or has just ended here; two in any
     * case, since places become free elsewhere too. Ends with {@link #waitsNoMore}.
     */
    boolean mayWait() {
        return locked(() -> {
            boolean more = waiting < Math.max(WAITING_MIN, purse.running() + settling);
            waiting += more ? 1 : 0;
            return more;
        });
    }

    void waitsNoMore() {
        change(() -> waiting--);
    }

    // What the table is told.

    boolean isRenewalDue(long nowMs) {
        return locked(() -> purse.isRenewalDue(nowMs));
    }

    boolean isReturnDue(long nowMs) {
        return locked(() -> isQuiet(nowMs) && purse.holdsAnything(nowMs));
    }

    boolean isReportDue(long nowMs) {
        return locked(() -> report.isDue(isQuiet(nowMs), nowMs));
    }

    boolean hasReport() {
        return locked(() -> !report.isEmpty());
    }

    boolean holdsAnything(long nowMs) {
        return locked(() -> purse.holdsAnything(nowMs));
    }

    /** Whether nothing is lost if this is forgotten. */
    boolean isIdle(long nowMs) {
        return locked(() -> isQuiet(nowMs) && waiting == 0 && report.isEmpty() && !purse.holdsAnything(nowMs));
    }

    Ask renewal() {
        return locked(purse::renewal);
    }

    Ask giveBack() {
        return locked(purse::giveBack);
    }

    UseReport.News takeReport(long nowMs) {
        return locked(() -> report.take(nowMs));
    }

    /** What the table said to a renewal or a return. */
    void told(Taking.Granted granted) {
        change(() -> {
            seen = granted.state();
            purse.placesOf(granted);
        });
    }

    void recovered(Map<Budget, Held> recovered) {
        change(() -> purse.refund(recovered));
    }

    private boolean isQuiet(long nowMs) {
        return purse.running() == 0 && settling == 0 && nowMs - touchedMs >= QUIET.toMillis();
    }

    // What clients are told.

    /** What is left of a budget, as far as this function knows: others may have taken more since. */
    Optional<BudgetView> view(Budget budget, KeyLimits limits, long nowMs) {
        OptionalLong limit = budget.limit(limits);
        if (limit.isEmpty()) {
            return Optional.empty();
        }
        return locked(() -> {
            Counter counter = seen.counter(budget, nowMs);
            long left = limit.getAsLong() - counter.taken() + purse.left(budget, nowMs);
            return Optional.of(new BudgetView(
                    limit.getAsLong(), Math.clamp(left, 0, limit.getAsLong()), budget.msLeft(counter.window(), nowMs)));
        });
    }

    /** What this function holds and has not spent. */
    long left(Budget budget, long nowMs) {
        return locked(() -> purse.left(budget, nowMs));
    }

    private <T> T locked(Supplier<T> step) {
        lock.lock();
        try {
            return step.get();
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable step) {
        lock.lock();
        try {
            step.run();
        } finally {
            lock.unlock();
        }
    }
}
