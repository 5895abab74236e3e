package io.wanspec.functions.store;

import io.wanspec.contracts.SessionId;
import io.wanspec.controller.Progress;
import io.wanspec.functions.session.SessionControl;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one session's record: first that there is one, then what is committed, in batches, and at last how it ended. What comes
 * while a write is under way, or too soon after one, goes into the next. Each write renews the lease, and where there is nothing to
 * write the lease alone is renewed. A failed write is counted, logged once a session, and made good by the next one, after a pause.
 * Who has lost the lease never writes again, and ends the session.
 */
final class RecordWriter implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);
    private static final int LAST_WRITE_ATTEMPTS = 4;

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
    private final WritePace pace;
    private boolean lost;
    private boolean settled;
    private boolean complained;

    /** Nobody takes the session over before, by this function's clock. */
    private long heldUntilNanos;

    private boolean cancelledElsewhere;
    private final CompletableFuture<Boolean> endsHere = new CompletableFuture<>();

    /**
     * What all sessions of this process write with.
     *
     * @param interval least time between two writes of one session
     */
    record Means(SessionTable table, WriteBudget budget, StoreCounters counters, Clock clock, Duration interval) {}

    /** @param created whether there is a record already, and the lease of {@code head} with it */
    RecordWriter(Means means, SessionHead head, SessionInput input, boolean created, SessionControl session) {
        this.means = means;
        this.recording = new Recording(means.table(), means.clock(), head, input, created);
        this.session = session;
        this.pace = new WritePace(means.interval(), System.nanoTime());
        this.expected = input.prompt().size() + head.committedTokens();
        this.heldUntilNanos = System.nanoTime() + (created ? left(head.lease(), means.clock()) : 0);
        if (created) {
            begun.countDown();
        }
    }

    private static long left(Lease lease, Clock clock) {
        return Duration.between(clock.instant(), lease.until()).toNanos();
    }

    /** Blocks until the record is durable, or the first attempt has failed. */
    void awaitBegun() throws InterruptedException {
        begun.await();
    }

    /** As {@link #awaitBegun()}, but no longer; false if it is not so then. */
    boolean awaitBegun(Duration most) throws InterruptedException {
        return begun.await(most.toNanos(), TimeUnit.NANOSECONDS);
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
                attempt(recording::create, soon());
                begun.countDown();
                if (!recording.isCreated()) {
                    awaitEnd(pace.nextAt(true));
                }
            }
            while (!lost && awaitWork()) {
                attempt(recording::next, pace.renewAt());
            }
            last();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            begun.countDown();
            endsHere.complete(lost ? cancelledElsewhere : settled && !isLeftToOthers());
        }
    }

    /** Whether the session ends here and nowhere else: the table knows its end from here, or was told of it while it was ours. */
    CompletionStage<Boolean> endsHere() {
        return endsHere;
    }

    /** What is left, then the end. After a few failures the lease runs out, and another function can go on. */
    private void last() throws InterruptedException {
        Recording.End how = theEnd();
        int attempts = LAST_WRITE_ATTEMPTS;
        boolean over = false;
        while (how != null && !over && !lost && attempts > 0) {
            boolean finishing = recording.isCreated() && !recording.hasPending();
            boolean worked = attempt(() -> step(how), soon());
            over = worked && finishing;
            settled = over;
            attempts -= worked ? 0 : 1;
            if (!worked && attempts > 0) {
                TimeUnit.NANOSECONDS.sleep(pace.nextAt(true) - soon());
            }
        }
    }

    private Written step(Recording.End how) {
        if (!recording.isCreated()) {
            return recording.create();
        }
        return recording.hasPending() ? recording.next() : recording.finish(how);
    }

    private boolean isLeftToOthers() {
        Recording.End how = theEnd();
        return how != null && how.status() == SessionStatus.RUNNING;
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
                long left = pace.nextAt(recording.hasPending()) - System.nanoTime();
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

    private void awaitEnd(long untilNanos) throws InterruptedException {
        lock.lock();
        try {
            long left = untilNanos - System.nanoTime();
            while (left > 0 && end == null) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** When a client waits. */
    private static long soon() {
        return System.nanoTime();
    }

    /** @return whether the table knows now what it was to know */
    private boolean attempt(Supplier<Written> write, long dueAtNanos) throws InterruptedException {
        try (var _ = means.budget().await(dueAtNanos, recording.isCreated())) {
            long started = System.nanoTime();
            switch (write.get()) {
                case Written.Done done -> {
                    means.counters().wrote();
                    pace.renewed(started);
                    heldUntilNanos = started + Lease.DURATION.toNanos();
                }
                case Written.Already already -> {
                    means.counters().wrote();
                    pace.answered(started);
                }
                case Written.Lost(var status, var ours) -> lose(status, ours);
            }
            return !lost;
        } catch (RuntimeException e) {
            pace.failed(System.nanoTime(), ThreadLocalRandom.current().nextDouble());
            complain(e.getClass().getSimpleName() + ": " + e.getMessage());
            return false;
        }
    }

    /** Whoever has it now writes the same text. A client that is still here is told how it stands. */
    private void lose(@Nullable SessionStatus status, boolean ours) {
        lost = true;
        boolean held = ours || System.nanoTime() - heldUntilNanos < 0;
        if (status == SessionStatus.CANCELLED) {
            // Who cancels what has lapsed raises the fence, and settles it: however this function's clock goes.
            cancelledElsewhere = ours;
            session.cancel();
        } else if (status == null) {
            // It was deleted, or the table was lost. Nobody else had it meanwhile, if it was still held.
            cancelledElsewhere = held;
            complain("its record is gone");
            session.recordGone();
        } else {
            complain(
                    status == SessionStatus.RUNNING
                            ? "another owner has taken the session over"
                            : "it has ended elsewhere");
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
