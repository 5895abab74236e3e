package io.wanspec.endpoints.compute;

import io.wanspec.endpoints.model.Pass;
import io.wanspec.endpoints.model.PassResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compute thread. Before each pass it asks the jobs that are ready what they want computed, and forms the pass from that, so
 * that sessions share it: it is formed anew each time, and whoever comes in between is in the next one.
 *
 * <p>Fairness: jobs are asked in turn. One whose part finds no room keeps its place, which is then at the front, and everyone
 * else goes to the end of the line once it has been computed. Prompts are computed in parts, and take no more than
 * {@link Engine#PREFILL_TOKENS_MAX} of a pass's rows together, so that there is always room for those who are further on. A pass may
 * wait a little for those of the last one whose peers are answering ({@link Pause}).
 *
 * <p>A job is queued at most once however often it is submitted, and at most {@link #QUEUED_MAX} jobs have work at a time.
 */
public final class Compute implements AutoCloseable {
    /** Most jobs with work to do; more are refused, because each would only make all of them later. */
    public static final int QUEUED_MAX = 256;

    /** Most rows of a pass, of all its sequences: with more, a pass takes so much longer that all wait for few. */
    public static final int ROWS_MAX = 128;

    private static final Logger LOG = LoggerFactory.getLogger(Compute.class);
    private static final long STOP_MILLIS_MAX = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<QueuedJob> queue = new ArrayDeque<>();

    /** Jobs that are queued, asked or computed. */
    private final IdentityHashMap<PassJob, QueuedJob> active = new IdentityHashMap<>();

    /** Jobs of the last pass that rest since; nobody else has a peer that is about to come back. */
    private final Set<PassJob> away = Collections.newSetFromMap(new IdentityHashMap<>());

    private final int queuedMax;
    private final int rowsMax;
    private final Pause pause;
    private final Thread thread;
    private long lastPassNanos;
    private long lastPassEndNanos;

    /** So many have begun. */
    private long passes;

    private boolean closing;

    private Compute(int queuedMax, int rowsMax, Pause pause) {
        this.queuedMax = queuedMax;
        this.rowsMax = rowsMax;
        this.pause = pause;
        thread = Thread.ofPlatform().name("compute").daemon().unstarted(this::loop);
    }

    /** A running compute thread. */
    public static Compute start() {
        return start(QUEUED_MAX);
    }

    /** A running compute thread that refuses work beyond {@code queuedMax} jobs. */
    public static Compute start(int queuedMax) {
        return start(queuedMax, ROWS_MAX, new PauseThatPays());
    }

    /** @param rowsMax of a pass; a part that is larger is a pass by itself */
    static Compute start(int queuedMax, int rowsMax, Pause pause) {
        Compute compute = new Compute(queuedMax, rowsMax, pause);
        compute.thread.start();
        return compute;
    }

    /**
     * Says that {@code job} has work.
     *
     * @return false if too much is queued already; nothing was queued then
     */
    public boolean submit(PassJob job) {
        return submit(job, queuedMax);
    }

    /** Like {@link #submit}, but never refused: for work that gives resources back. */
    public void submitAnyway(PassJob job) {
        submit(job, Integer.MAX_VALUE);
    }

    private boolean submit(PassJob job, int limit) {
        lock.lock();
        try {
            QueuedJob known = active.get(job);
            if (known != null) {
                known.again = true;
                return true;
            }
            if (active.size() >= limit) {
                return false;
            }
            away.remove(job);
            QueuedJob queued = new QueuedJob(job);
            active.put(job, queued);
            enqueue(queued);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        int ready = awaitReady();
        while (ready > 0) {
            PassBatch batch = gather(ready);
            if (!batch.isEmpty()) {
                run(batch);
            }
            ready = awaitReady();
        }
    }

    /** Waits for jobs. @return how many are queued: 0 once closed and idle */
    private int awaitReady() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closing) {
                changed.awaitUninterruptibly();
            }
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    /** Asks so many jobs in turn, then those that a pause brings; whoever comes later is asked another time. */
    private PassBatch gather(int ready) {
        PassBatch batch = new PassBatch(rowsMax);
        List<QueuedJob> passedOver = new ArrayList<>();
        ask(ready, batch, passedOver);
        if (passedOver.isEmpty()) {
            ask(awaitPeers(batch.jobs().size()), batch, passedOver);
        }
        putFront(passedOver);
        return batch;
    }

    private void ask(int count, PassBatch batch, List<QueuedJob> passedOver) {
        for (int i = 0; i < count; i++) {
            QueuedJob next = take();
            PassRequest request = next.request == null ? ask(next.job) : next.request;
            if (request == null) {
                rest(next);
            } else if (batch.add(next, request)) {
                next.request = null;
            } else {
                next.request = request;
                passedOver.add(next);
            }
        }
    }

    /** Lets those who are away come back, within bounds. @return how many are queued */
    private int awaitPeers(int ready) {
        lock.lock();
        try {
            int before = away.size();
            long nanos = ready == 0 || before == 0 ? 0 : pause.nanos(lastPassNanos, sinceLastPass(), ready, before);
            if (nanos > 0) {
                awaitPeersFor(nanos);
                pause.took(before, before - away.size());
            }
            return queue.size();
        } finally {
            lock.unlock();
        }
    }

    private long sinceLastPass() {
        return System.nanoTime() - lastPassEndNanos;
    }

    private void awaitPeersFor(long nanos) {
        long left = nanos;
        try {
            while (left > 0 && !away.isEmpty() && !closing) {
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the compute thread", e);
        }
    }

    /** No failure may end the thread: every other session depends on it. */
    private static @Nullable PassRequest ask(PassJob job) {
        try {
            return job.next();
        } catch (RuntimeException | Error e) {
            fail(job, e);
            return null;
        }
    }

    private void run(PassBatch batch) {
        long begin = System.nanoTime();
        beginAnother();
        Engine.Ran ran = compute(batch);
        lastPassNanos = ran.nanos();
        lastPassEndNanos = System.nanoTime();
        for (int i = 0; i < batch.jobs().size(); i++) {
            QueuedJob each = batch.jobs().get(i);
            PassTime time = new PassTime(
                    ran.nanos(),
                    batch.rows(),
                    batch.jobs().size(),
                    Math.max(0, begin - each.readyNanos),
                    batch.rowNanos(ran),
                    batch.draftRows());
            deliver(each.job, ran.results().get(i), time);
            putBack(each);
        }
    }

    /** What fails outside of a part fails all of them. */
    private static Engine.Ran compute(PassBatch batch) {
        try {
            return batch.engine().run(batch.parts());
        } catch (RuntimeException | Error e) {
            return new Engine.Ran(Collections.nCopies(batch.jobs().size(), new PassResult.Failed(e)), 0, 0);
        }
    }

    private void beginAnother() {
        lock.lock();
        try {
            away.clear();
            passes++;
        } finally {
            lock.unlock();
        }
    }

    private static void deliver(PassJob job, PassResult result, PassTime time) {
        switch (result) {
            case PassResult.Done(Pass pass) -> {
                try {
                    job.computed(pass, time);
                } catch (RuntimeException | Error e) {
                    fail(job, e);
                }
            }
            case PassResult.Failed(Throwable why) -> fail(job, why);
        }
    }

    private static void fail(PassJob job, Throwable failure) {
        if (failure instanceof OverloadedException overloaded) {
            LOG.warn("a session is refused: {}", overloaded.remedy());
        } else {
            LOG.error("a pass failed", failure);
        }
        try {
            job.onFailure(failure);
        } catch (RuntimeException | Error e) {
            LOG.error("a failed session could not be ended", e);
        }
    }

    private QueuedJob take() {
        lock.lock();
        try {
            QueuedJob next = queue.remove();
            next.again = false;
            return next;
        } finally {
            lock.unlock();
        }
    }

    private void rest(QueuedJob asked) {
        lock.lock();
        try {
            if (asked.again) {
                enqueue(asked);
            } else {
                active.remove(asked.job);
                if (asked.servedIn == passes && !asked.job.isOver()) {
                    away.add(asked.job);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** What a job wants next is known when it is asked. */
    private void putBack(QueuedJob computed) {
        lock.lock();
        try {
            computed.servedIn = passes;
            enqueue(computed);
        } finally {
            lock.unlock();
        }
    }

    private void enqueue(QueuedJob job) {
        job.readyNanos = System.nanoTime();
        queue.addLast(job);
        changed.signal();
    }

    private void putFront(List<QueuedJob> jobs) {
        lock.lock();
        try {
            jobs.reversed().forEach(queue::addFirst);
        } finally {
            lock.unlock();
        }
    }

    /** Lets the queued jobs come to rest, then ends the thread; jobs must have been told to stop before. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(STOP_MILLIS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
