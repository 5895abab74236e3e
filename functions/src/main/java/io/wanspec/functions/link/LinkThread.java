package io.wanspec.functions.link;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** The thread of one link that is made of calls: they go out one after the other. */
final class LinkThread {
    /** A session has few frames under way; more means that nothing moves. */
    private static final int WAITING_MAX = 256;

    private final ExecutorService thread;
    private final AtomicInteger waiting = new AtomicInteger();

    LinkThread(String name) {
        thread = Executors.newSingleThreadExecutor(Thread.ofVirtual().name(name).factory());
    }

    /** @return whether there was room */
    boolean run(Runnable work) {
        if (waiting.incrementAndGet() > WAITING_MAX) {
            waiting.decrementAndGet();
            return false;
        }
        try {
            thread.execute(() -> {
                waiting.decrementAndGet();
                work.run();
            });
            return true;
        } catch (RejectedExecutionException ended) {
            waiting.decrementAndGet();
            return true;
        }
    }

    /**
     * What waits is dropped, what runs is interrupted.
     *
     * @param last is still done, on a thread of its own
     */
    void end(Runnable last) {
        if (!thread.isShutdown()) {
            thread.shutdownNow();
            Thread.ofVirtual().start(last);
        }
    }
}
