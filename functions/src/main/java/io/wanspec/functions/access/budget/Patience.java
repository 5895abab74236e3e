package io.wanspec.functions.access.budget;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * How long one request waits where its key's limit is in the way: a client that has just read the end of its answer may be faster
 * with its next request than we with the end. Waits until something has come back here, or for a place, which may become free
 * elsewhere too. Used by one thread.
 */
final class Patience implements AutoCloseable {
    private static final Duration WAIT = Duration.ofMillis(50);
    private static final int WAITS_PLACE = 5;

    /** An answer that is being made here may be about to end. */
    private static final int WAITS_MAKING = 20;

    /** What it did not use comes back when its end is written, which takes as long as a call of the table at most. */
    private static final int WAITS_SETTLING = 100;

    private final KeyBook book;
    private boolean waiting;
    private long seen;
    private int waits;

    Patience(KeyBook book) {
        this.book = book;
    }

    /** Before it is asked: what comes back from now on is a reason to ask again. */
    void look() {
        seen = book.returns();
    }

    /** Whether it is worth to wait, and not too many of this key wait already. */
    boolean isFor(LimitHit hit) {
        waiting = waiting || (isWorthIt(hit) && book.mayWait());
        return waiting;
    }

    private boolean isWorthIt(LimitHit hit) {
        // Looked at first: what was about to come back then, and is not any more, has come back.
        boolean mayCome = most(hit) > 0;
        return !hit.isHopeless() && (mayCome || book.returns() != seen);
    }

    /** @return whether it may be worth to ask again */
    boolean await(LimitHit hit) {
        while (waits < WAITS_SETTLING) {
            // Looked at first: what comes back afterwards is seen in the next line.
            int most = most(hit);
            if (book.returns() != seen) {
                waits++;
                return true;
            }
            if (waits >= most || !slept()) {
                return false;
            }
            waits++;
            if (isPlace(hit)) {
                return true;
            }
        }
        return false;
    }

    private int most(LimitHit hit) {
        if (hit.isHopeless()) {
            return 0;
        }
        if (isPlace(hit)) {
            return WAITS_PLACE;
        }
        return book.isSettling() ? WAITS_SETTLING : book.isMaking() ? WAITS_MAKING : 0;
    }

    private static boolean isPlace(LimitHit hit) {
        return hit.kind() == LimitHit.Kind.CONCURRENT;
    }

    private static boolean slept() {
        try {
            TimeUnit.NANOSECONDS.sleep(WAIT.toNanos());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        if (waiting) {
            book.waitsNoMore();
        }
    }
}
