package io.wanspec.functions.store;

import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Lets the sessions of this process write one after the other, as {@link WriteQueue} says. */
final class WriteBudget {
    private final WriteQueue queue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    WriteBudget(int perSecond) {
        queue = new WriteQueue(perSecond);
    }

    /**
     * Waits for the turn to write once.
     *
     * @param urgentAt by {@link System#nanoTime}; {@link Long#MIN_VALUE} if a client waits
     */
    void await(long urgentAt) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            WriteQueue.Place place = queue.join(urgentAt);
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
        } finally {
            lock.unlock();
        }
    }
}
