package io.wanspec.functions.store;

import io.wanspec.functions.table.TableClient;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets the sessions of this process call the table one after the other, as {@link WriteQueue} says. */
final class WriteBudget {
    private final WriteQueue queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** One call, which is over when this is closed. */
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    WriteBudget(int perSecond) {
        queue = new WriteQueue(perSecond, TableClient.BUDGETED_CALLS_MAX);
    }

    /**
     * Waits for the turn to call once.
     *
     * @param dueAt by {@link System#nanoTime}: when that should be
     * @param lease whether a lease may run out meanwhile
     */
    Turn await(long dueAt, boolean lease) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            WriteQueue.Place place = queue.join(dueAt, lease);
            try {
                while (!queue.take(place, System.nanoTime())) {
                    long pause = queue.nextAt() - System.nanoTime();
                    if (pause > 0) {
                        changed.awaitNanos(pause);
                    } else {
                        changed.await();
                    }
                }
            } finally {
                queue.leave(place);
                changed.signalAll();
            }
            return () -> done(place);
        } finally {
            lock.unlock();
        }
    }

    private void done(WriteQueue.Place place) {
        lock.lock();
        try {
            queue.done(place);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
