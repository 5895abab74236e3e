package io.wanspec.functions.access.budget;

import io.wanspec.functions.access.KeyLimits;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkClientException;

/**
 * One key's use in this function, and who asks the table about it, when. Whoever finds the purse too empty asks, and others who need
 * the table wait for their turn: what he brings is likely to do for them too. Whoever needs no table waits for nobody: while it is
 * asked, the book is open.
 */
final class KeyUse {
    /** Windows end at the seam of two clocks once, not thrice. */
    private static final int ASKS_MAX = 3;

    private final String keyId;
    private final UsageLedger ledger;
    private final KeyBook book;

    /** Whoever has it asks the table. Taken before the book's lock, never while that is held. */
    private final TableTurn turn = new TableTurn();

    KeyUse(String keyId, String function, UsageLedger ledger, long nowMs) {
        this.keyId = keyId;
        this.ledger = ledger;
        this.book = new KeyBook(function, nowMs);
    }

    /** What is known of it without the table. */
    KeyBook book() {
        return book;
    }

    Optional<LimitHit> request(KeyLimits limits, long nowMs) {
        return switch (spend(limits, Need.request(), nowMs)) {
            case Reserved.Refused(var hit) -> Optional.of(hit);
            case Reserved.Reservation spent -> {
                book.request();
                yield Optional.empty();
            }
        };
    }

    /** @return what the answer has reserved, or the limit that is in its way */
    Reserved reserve(KeyLimits limits, long tokensMax, long nowMs) {
        return spend(limits, Need.answer(tokensMax), nowMs);
    }

    private Reserved spend(KeyLimits limits, Need need, long nowMs) {
        book.touch(nowMs);
        Optional<Reserved> here = book.spend(limits, need, nowMs);
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

    private Reserved spendWithTable(KeyLimits limits, Need need, long nowMs) {
        for (int i = 0; i < ASKS_MAX; i++) {
            Optional<Reserved> here = book.spend(limits, need, nowMs);
            if (here.isPresent()) {
                return here.get();
            }
            Optional<Reserved> reserved = asked(limits, book.setAside(limits, need, nowMs), nowMs);
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
            book.putBack(aside, Map.of());
            throw e;
        }
        Map<Budget, Held> recovered = ledger.recovered(keyId);
        return switch (taking) {
            case Taking.Refused(var hit) -> {
                book.putBack(aside, recovered);
                yield recovered.isEmpty()
                        ? Optional.of(new Reserved.Refused(aside.need().whole(hit)))
                        : Optional.empty();
            }
            case Taking.Granted granted -> book.granted(aside, granted, recovered, limits, nowMs);
        };
    }

    /** Whether it has something to tell the table by now. */
    boolean isDue(long nowMs) {
        return isAskDue(nowMs) || book.isReturnDue(nowMs) || book.isReportDue(nowMs);
    }

    private boolean isAskDue(long nowMs) {
        return book.isRenewalDue(nowMs) || ledger.isOpen(keyId);
    }

    /** What is due by now: places renewed, what lies idle given back, use reported. Whoever has the turn does as much. */
    void tick(long nowMs) {
        if (!turn.tryTake()) {
            return;
        }
        try {
            if (isAskDue(nowMs)) {
                tell(book.renewal(), nowMs);
            }
            if (book.isReturnDue(nowMs)) {
                tell(book.giveBack(), nowMs);
            }
            if (book.isReportDue(nowMs)) {
                tellUse(nowMs);
            }
        } finally {
            turn.end();
        }
    }

    /** What it gives back is out of the purse already. Should it not arrive, it is recovered. */
    private void tell(Ask ask, long nowMs) {
        try {
            if (ledger.take(keyId, KeyLimits.none(), ask, nowMs) instanceof Taking.Granted granted) {
                book.told(granted);
            }
        } finally {
            book.recovered(ledger.recovered(keyId));
        }
    }

    private void tellUse(long nowMs) {
        UseReport.News news = book.takeReport(nowMs);
        ledger.report(keyId, nowMs, news.requests(), news.tokens());
    }

    /** Gives back now all but what answers under way need, and reports: the function ends, or may stand still. */
    void close(long nowMs) {
        turn.await();
        try {
            if (ledger.isOpen(keyId)) {
                // It may tell of more to give back.
                tell(book.renewal(), nowMs);
            }
            if (book.holdsAnything(nowMs)) {
                tell(book.giveBack(), nowMs);
            }
            if (book.hasReport()) {
                tellUse(nowMs);
            }
        } finally {
            turn.end();
        }
    }

    /** Whether nothing is lost if this is forgotten. */
    boolean isIdle(long nowMs) {
        return !turn.isTaken() && book.isIdle(nowMs) && !ledger.isOpen(keyId);
    }
}
