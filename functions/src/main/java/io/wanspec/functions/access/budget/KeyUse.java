package io.wanspec.functions.access.budget;

import io.wanspec.functions.access.KeyLimits;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * One key's use in this function. Whoever finds the purse too empty asks the table, and others who need the table wait for their
 * turn: what he brings is likely to do for them too. Whoever needs no table waits for nobody: while it is asked, the purse is open.
 */
final class KeyUse {
    /** How long nothing happens before what is left goes back. A request each second or two costs one write then, not two. */
    static final Duration QUIET = Duration.ofSeconds(2);

    /** Windows end at the seam of two clocks once, not thrice. */
    private static final int ASKS_MAX = 3;

    private static final int WAITING_MIN = 2;

    private final String keyId;
    private final UsageLedger ledger;
    private final Purse purse;
    private final UseReport report;

    /** Whoever has it asks the table. Taken before the other, never while that is held. */
    private final TableTurn turn = new TableTurn();

    /** Over what is in memory; never held while the table is asked. */
    private final ReentrantLock lock = new ReentrantLock();

    private UsageState seen = UsageState.EMPTY;
    private long settling;
    private long returns;
    private long waiting;
    private volatile long touchedMs;

    KeyUse(String keyId, String function, UsageLedger ledger, long nowMs) {
        this.keyId = keyId;
        this.ledger = ledger;
        this.purse = new Purse(function);
        this.touchedMs = nowMs;
        this.report = new UseReport(nowMs);
    }

    Optional<LimitHit> request(KeyLimits limits, long nowMs) {
        return switch (spend(limits, Need.request(), nowMs)) {
            case Reserved.Refused(var hit) -> Optional.of(hit);
            case Reserved.Reservation spent -> {
                change(report::request);
                yield Optional.empty();
            }
        };
    }

    /** @return what the answer has reserved, or the limit that is in its way */
    Reserved reserve(KeyLimits limits, long tokensMax, long nowMs) {
        return spend(limits, Need.answer(tokensMax), nowMs);
    }

    private Reserved spend(KeyLimits limits, Need need, long nowMs) {
        touchedMs = nowMs;
        Optional<Reserved> here = locked(() -> spentHere(limits, need, nowMs));
        if (here.isPresent()) {
            return here.get();
        }
        turn.await();
        try {
            return spendWithTable(limits, need, nowMs);
        } finally {
            turn.end();
        }
    }

    private Optional<Reserved> spentHere(KeyLimits limits, Need need, long nowMs) {
        return purse.spend(limits, need, nowMs) ? Optional.of(reservation(limits, need, nowMs)) : Optional.empty();
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

    private Reserved spendWithTable(KeyLimits limits, Need need, long nowMs) {
        for (int i = 0; i < ASKS_MAX; i++) {
            Optional<Reserved> here = locked(() -> spentHere(limits, need, nowMs));
            if (here.isPresent()) {
                return here.get();
            }
            Purse.Aside aside = locked(() -> purse.setAside(limits, need, nowMs));
            Optional<Reserved> reserved = asked(limits, aside, nowMs);
            if (reserved.isPresent()) {
                return reserved.get();
            }
        }
        throw SdkClientException.create("the clocks of functions differ too much for a window of key " + keyId);
    }

    /** @return empty if it may be asked again */
    private Optional<Reserved> asked(KeyLimits limits, Purse.Aside aside, long nowMs) {
        Taking taking;
        try {
            taking = ledger.take(keyId, limits, aside.ask(), nowMs);
        } catch (RuntimeException e) {
            change(() -> purse.putBack(aside));
            throw e;
        }
        return locked(() -> switch (taking) {
            case Taking.Refused(var hit) -> {
                purse.putBack(aside);
                boolean more = recover();
                yield more
                        ? Optional.empty()
                        : Optional.of(new Reserved.Refused(aside.need().whole(hit)));
            }
            case Taking.Granted granted -> {
                seen = granted.state();
                boolean spent = purse.spent(aside, granted);
                recover();
                yield spent ? Optional.of(reservation(limits, aside.need(), nowMs)) : Optional.empty();
            }
        });
    }

    /** What earlier calls came to, of which nobody knew. */
    private boolean recover() {
        Map<Budget, Held> recovered = ledger.recovered(keyId);
        purse.refund(recovered);
        return !recovered.isEmpty();
    }

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

    /** Whether it has something to tell the table by now. */
    boolean isDue(long nowMs) {
        return locked(() -> isAskDue(nowMs) || isReturnDue(nowMs) || report.isDue(isQuiet(nowMs), nowMs));
    }

    private boolean isAskDue(long nowMs) {
        return purse.isRenewalDue(nowMs) || ledger.isOpen(keyId);
    }

    private boolean isReturnDue(long nowMs) {
        return isQuiet(nowMs) && purse.holdsAnything(nowMs);
    }

    /** What is due by now: places renewed, what lies idle given back, use reported. Whoever has the turn does as much. */
    void tick(long nowMs) {
        if (!turn.tryTake()) {
            return;
        }
        try {
            if (locked(() -> isAskDue(nowMs))) {
                tell(locked(purse::renewal), nowMs);
            }
            if (locked(() -> isReturnDue(nowMs))) {
                tell(locked(purse::giveBack), nowMs);
            }
            if (locked(() -> report.isDue(isQuiet(nowMs), nowMs))) {
                tellUse(nowMs);
            }
        } finally {
            turn.end();
        }
    }

    /** What it gives back is out of the purse already. Should it not arrive, it is recovered. */
    private void tell(Ask ask, long nowMs) {
        try {
            Taking taking = ledger.take(keyId, KeyLimits.none(), ask, nowMs);
            change(() -> {
                if (taking instanceof Taking.Granted granted) {
                    seen = granted.state();
                    purse.placesOf(granted);
                }
            });
        } finally {
            change(this::recover);
        }
    }

    private void tellUse(long nowMs) {
        UseReport.News news = locked(() -> report.take(nowMs));
        ledger.report(keyId, nowMs, news.requests(), news.tokens());
    }

    /** Gives back now all but what answers under way need, and reports: the function ends, or may stand still. */
    void close(long nowMs) {
        turn.await();
        try {
            if (ledger.isOpen(keyId)) {
                // It may tell of more to give back.
                tell(locked(purse::renewal), nowMs);
            }
            if (locked(() -> purse.holdsAnything(nowMs))) {
                tell(locked(purse::giveBack), nowMs);
            }
            if (!locked(report::isEmpty)) {
                tellUse(nowMs);
            }
        } finally {
            turn.end();
        }
    }

    void touch(long nowMs) {
        touchedMs = nowMs;
    }

    /** Whether nothing is lost if this is forgotten. */
    boolean isIdle(long nowMs) {
        return !turn.isTaken()
                && locked(() ->
                        isQuiet(nowMs) && waiting == 0 && report.isEmpty() && !purse.holdsAnything(nowMs) && !ledger.isOpen(keyId));
    }

    /** How often something has come back from answers. */
    long returns() {
        return locked(() -> returns);
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

    /** Whether answers have ended here that are not settled yet: something is about to come back. */
    boolean isSettling() {
        return locked(() -> settling > 0);
    }

    /** Whether answers are being made here: one of them may be about to end. */
    boolean isMaking() {
        return locked(() -> purse.running() > 0);
    }

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

    private boolean isQuiet(long nowMs) {
        return purse.running() == 0 && settling == 0 && nowMs - touchedMs >= QUIET.toMillis();
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
