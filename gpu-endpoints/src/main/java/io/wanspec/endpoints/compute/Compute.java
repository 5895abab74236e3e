package io.wanspec.endpoints.compute;

import java.util.ArrayDeque;
import java.util.IdentityHashMap;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The compute thread: runs jobs one pass at a time, in turn, so that sessions share the device fairly.
 *
 * <p>A job is queued at most once however often it is submitted, and at most {@link #QUEUED_MAX} jobs have work at a time.
 */
public final class Compute implements AutoCloseable {
    /** Most jobs with work to do; more are refused, because each would only make all of them later. */
    public static final int QUEUED_MAX = 64;

    private static final Logger LOG = LoggerFactory.getLogger(Compute.class);
    private static final long STOP_MILLIS_MAX = 10_000;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Queue<PassJob> queue = new ArrayDeque<>();

    /** Jobs that are queued or running; the value says whether a running one was submitted meanwhile. */
    private final IdentityHashMap<PassJob, Boolean> active = new IdentityHashMap<>();

    private final int queuedMax;
    private final Thread thread;
    private boolean closing;

    private Compute(int queuedMax) {
        this.queuedMax = queuedMax;
        thread = Thread.ofPlatform().name("compute").daemon().unstarted(this::loop);
    }

    /** A running compute thread. */
    public static Compute start() {
        return start(QUEUED_MAX);
    }

    /** A running compute thread that refuses work beyond {@code queuedMax} jobs. */
    public static Compute start(int queuedMax) {
        Compute compute = new Compute(queuedMax);
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
            if (active.containsKey(job)) {
                active.put(job, true);
                return true;
            }
            if (active.size() >= limit) {
                return false;
            }
            active.put(job, false);
            queue.add(job);
            changed.signal();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private void loop() {
        PassJob job = take();
        while (job != null) {
            putBack(job, run(job));
            job = take();
        }
    }

    /** No failure may end the thread: every other session depends on it. */
    private static boolean run(PassJob job) {
        try {
            return job.runOnePass();
        } catch (OverloadedException e) {
            LOG.warn("a session is refused: {}", e.remedy());
            tell(job, e);
            return false;
        } catch (RuntimeException | Error e) {
            LOG.error("a pass failed", e);
            tell(job, e);
            return false;
        }
    }

    private static void tell(PassJob job, Throwable failure) {
        try {
            job.onFailure(failure);
        } catch (RuntimeException | Error e) {
            LOG.error("a failed session could not be ended", e);
        }
    }

    /** The next job, or null once closed and idle. */
    private @Nullable PassJob take() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closing) {
                changed.awaitUninterruptibly();
            }
            PassJob job = queue.poll();
            if (job != null) {
                active.put(job, false);
            }
            return job;
        } finally {
            lock.unlock();
        }
    }

    private void putBack(PassJob job, boolean more) {
        lock.lock();
        try {
            if (more || Boolean.TRUE.equals(active.get(job))) {
                queue.add(job);
            } else {
                active.remove(job);
            }
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
