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
    private final Tokens prompt;
    private final SessionControl session;
    private final CountDownLatch begun = new CountDownLatch(1);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Pending pending = new Pending();
    private @Nullable End end;

    /** Absolute, of the next token that is committed. */
    private int expected;

    // The rest belongs to the writing thread.
    private SessionHead head;
    private boolean created;
    private boolean lost;
    private boolean complained;
    private long writtenNanos = System.nanoTime();

    /** How a session ended here; {@code RUNNING} if another function is to go on with it. */
    record End(SessionStatus status, String ledger, String failure) {}

    /**
     * What all sessions of this process write with.
     *
     * @param interval least time between two writes of one session
     */
    record Means(SessionTable table, WriteBudget budget, StoreCounters counters, Clock clock, Duration interval) {}

    /** @param created whether there is a record already */
    RecordWriter(Means means, SessionHead head, Tokens prompt, boolean created, SessionControl session) {
        this.means = means;
        this.head = head;
        this.prompt = prompt;
        this.created = created;
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
                pending.add(more);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    void ended(End how) {
        lock.lock();
        try {
            end = how;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void run() {
        try {
            while (!created && !lost && theEnd() == null) {
                attempt(this::create, Long.MIN_VALUE);
                begun.countDown();
                awaitEnd(created ? Duration.ZERO : means.interval());
            }
            while (!lost && awaitWork()) {
                attempt(this::next, renewAtNanos());
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
        End how = theEnd();
        int attempts = LAST_WRITE_ATTEMPTS;
        boolean over = false;
        while (how != null && !over && !lost && attempts > 0) {
            boolean finishing = created && !hasPending();
            Supplier<Written> write = !created ? this::create : finishing ? () -> finish(how) : this::next;
            boolean worked = attempt(write, Long.MIN_VALUE);
            over = worked && finishing;
            attempts -= worked ? 0 : 1;
            if (!worked) {
                Thread.sleep(means.interval());
            }
        }
    }

    private Written create() {
        head = head.with(head.lease().renewed(means.clock().instant()));
        Written written = means.table().create(head, prompt);
        created = !(written instanceof Written.Lost);
        return written;
    }

    /** A batch, or the lease alone. */
    private Written next() {
        head = head.with(head.lease().renewed(means.clock().instant()));
        Progress batch = batch();
        if (batch.isNone()) {
            return means.table().renew(head);
        }
        int upTo = head.committedTokens() + batch.tokens().size();
        Written written = means.table().append(head.with(upTo, batch.finish()), batch);
        switch (written) {
            case Written.Done done -> durable(upTo);
            case Written.Already(var committed) -> durable(committed);
            case Written.Lost taken -> {}
        }
        return written;
    }

    private Written finish(End how) {
        return how.status() == SessionStatus.RUNNING
                ? means.table().release(head)
                : means.table().end(head.ended(how.status(), how.ledger(), how.failure()));
    }

    private Progress batch() {
        lock.lock();
        try {
            return pending.batch();
        } finally {
            lock.unlock();
        }
    }

    private void durable(int committed) {
        lock.lock();
        try {
            Progress written = pending.durable(committed - head.committedTokens());
            head = head.with(committed, written.finish());
        } finally {
            lock.unlock();
        }
    }

    private boolean hasPending() {
        lock.lock();
        try {
            return !pending.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private @Nullable End theEnd() {
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
                if (!pending.isEmpty()) {
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
        return head.id();
    }
}
