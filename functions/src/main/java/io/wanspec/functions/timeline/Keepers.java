package io.wanspec.functions.timeline;

import java.util.concurrent.Semaphore;

/** Threads that keep timelines, each of which holds on to its log while it waits for its session's record: so many and no more. */
final class Keepers {
    static final int MOST = 64;

    private final Semaphore free = new Semaphore(MOST);

    /** @return whether there was one free for {@code task} */
    boolean start(Runnable task) {
        if (!free.tryAcquire()) {
            return false;
        }
        Thread.ofVirtual().name("timeline").start(() -> {
            try {
                task.run();
            } finally {
                free.release();
            }
        });
        return true;
    }
}
