package io.wanspec.functions.store;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.Progress;
import io.wanspec.functions.session.SessionControl;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one session's record: first that there is one, then what is committed, in batches, and at last how it ended. What comes
 * while a write is under way, or too soon after one, goes into the next. Each write renews the lease, and where there is nothing to
 * write the lease alone is renewed. A failed write is counted, logged once a session, and made good by the next one. Who has lost
 * the lease never writes again, and ends the session.
 */
final class RecordWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);
    private static final int LAST_WRITE_ATTEMPTS = 3;

    private final Means means;
    private final Recording recording;
    private final SessionControl session;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private Recording.@Nullable End end;

    /** Absolute, of the next token that is committed. */
    private int expected;

    // The rest belongs to the writing thread.
    private boolean lost;
    private boolean settled;
    private boolean complained;
    private long writtenNanos = System.nanoTime();

    /**
     * What all sessions of this process write with.
     *
     * @param interval least time between two writes of one session
     */
    record Means(SessionTable table, WriteBudget budget, StoreCounters counters, Clock clock, Duration interval) {}

    /** @param created whether there is a record already */
    RecordWriter(Means means, SessionHead head, Tokens prompt, boolean created, SessionControl session) {
        this.means = means;
        this.recording = new Recording(means.table(), means.clock(), head, prompt, created);
        this.session = session;
        this.expected = prompt.size() + head.committedTokens();
        if (created) {
            begun.countDown();
        }
    }

    /** Blocks until the record is durable, or the first attempt has failed. */
    void awaitBegun() throws InterruptedException {
        begun.await();
    }

    /** @param position absolute, of the first token of {@code more} */
    void committed(int position, Progress more) {
        lock.lock();
        try {
            // One that leaves a gap, or repeats one, would be a bug elsewhere; it must not spoil what is stored.
            if (position == expected) {
                expected += more.tokens().size();
                recording.committed(more);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void ended(Recording.End how) {
        lock.lock();
        try {
            end = how;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the table knows how the session ended here, or the session is another's: what {@link #run} came to. */
    boolean isSettled() {
        return settled || lost;
    }

    @Override
    public void run() {
        try {
            while (!recording.isCreated() && !lost && theEnd() == null) {
                attempt(recording::create, Long.MIN_VALUE);
                begun.countDown();
                awaitEnd(recording.isCreated() ? Duration.ZERO : means.interval());
            }
            while (!lost && awaitWork()) {
                attempt(recording::next, renewAtNanos());
            }
            last();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            begun.countDown();
        }
    }

    /** What is left, then the end. After a few failures the lease runs out, and another function can go on. */
    private void last() throws InterruptedException {
        Recording.End how = theEnd();
        int attempts = LAST_WRITE_ATTEMPTS;
        boolean over = false;
        while (how != null && !over && !lost && attempts > 0) {
            boolean finishing = recording.isCreated() && !recording.hasPending();
            boolean worked = attempt(() -> step(how), Long.MIN_VALUE);
            over = worked && finishing;
            settled = over;
            attempts -= worked ? 0 : 1;
            if (!worked) {
                Thread.sleep(means.interval());
            }
        }
    }

    private Written step(Recording.End how) {
        if (!recording.isCreated()) {
            return recording.create();
        }
        return recording.hasPending() ? recording.next() : recording.finish(how);
    }

    private Recording.@Nullable End theEnd() {
        lock.lock();
        try {
            return end;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets changes gather for a while, and waits for one if there is none, but not longer than the lease allows.
     *
     * @return false if the session has ended
     */
    private boolean awaitWork() throws InterruptedException {
        lock.lock();
        try {
            while (end == null) {
                long due = renewAtNanos();
                if (recording.hasPending()) {
                    due = Math.min(due, writtenNanos + means.interval().toNanos());
                }
                long left = due - System.nanoTime();
                if (left <= 0) {
                    return true;
                }
                changed.awaitNanos(left);
            }
            return false;
        } finally {
            lock.unlock();
        }
    }

    private void awaitEnd(Duration most) throws InterruptedException {
        lock.lock();
        try {
            long left = most.toNanos();
            while (left > 0 && end == null) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private long renewAtNanos() {
        return writtenNanos + Lease.RENEWED_AFTER.toNanos();
    }

    /** @return whether the table knows now what it was to know */
    private boolean attempt(Supplier<Written> write, long urgentAtNanos) throws InterruptedException {
        means.budget().await(urgentAtNanos);
        writtenNanos = System.nanoTime();
        try {
            switch (write.get()) {
                case Written.Done done -> means.counters().wrote();
                case Written.Already already -> means.counters().wrote();
                case Written.Lost(var status) -> lose(status);
            }
            return !lost;
        } catch (RuntimeException e) {
            complain(e.getClass().getSimpleName() + ": " + e.getMessage());
            return false;
        }
    }

    /** Whoever has it now writes the same text. A client that is still here is told to ask again. */
    private void lose(@Nullable SessionStatus status) {
        lost = true;
        if (status == SessionStatus.CANCELLED) {
            session.cancel();
        } else {
            complain(
                    status == SessionStatus.RUNNING
                            ? "another owner has taken the session over"
                            : "its record is gone");
            session.leave();
        }
    }

    private void complain(String reason) {
        means.counters().failed();
        if (!complained) {
            complained = true;
            LOG.warn("session={} is not remembered: {}", id(), reason);
        }
    }

    private SessionId id() {
        return recording.head().id();
    }
}
