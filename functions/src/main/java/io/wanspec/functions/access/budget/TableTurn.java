package io.wanspec.functions.access.budget;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import software.amazon.awssdk.core.exception.SdkClientException;

/** Whose turn it is to ask the table about a key. Nothing else is held while it is asked. */
final class TableTurn {
    /** As long as a call of the table may take. */
    private static final Duration WAIT = Duration.ofSeconds(5);

    private final ReentrantLock lock = new ReentrantLock(true);

    /** Waits for it, in the order of coming. */
    void await() {
        try {
            if (!lock.tryLock(WAIT.toNanos(), TimeUnit.NANOSECONDS)) {
                throw SdkClientException.create("the table is slow, and many wait for the use of a key");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SdkClientException.create("interrupted while a budget was waited for", e);
        }
    }

    /** Takes it, if nobody has it. */
    boolean tryTake() {
        return lock.tryLock();
    }

    void end() {
        lock.unlock();
    }

    boolean isTaken() {
        return lock.isLocked();
    }
}
