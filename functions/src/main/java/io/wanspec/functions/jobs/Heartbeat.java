package io.wanspec.functions.jobs;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a delivery while somebody works on it: a worker that is killed stops to, and the message comes again. The first beat
 * comes at once, because the queue's own time is that of Lambda's rule, six times the function's limit: too long to wait for
 * the work of one that was killed.
 */
final class Heartbeat implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Heartbeat.class);

    /** One may be lost, and one late. */
    private static final int BEATS_PER_VISIBILITY = 3;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Heartbeat(Delivery delivery, Deliveries deliveries, Duration visibility) {
        this.thread = Thread.ofVirtual()
                .name("heartbeat-" + delivery.messageId())
                .start(() -> beat(delivery, deliveries, visibility));
    }

    static Heartbeat of(Delivery delivery, Deliveries deliveries, Duration visibility) {
        return new Heartbeat(delivery, deliveries, visibility);
    }

    private void beat(Delivery delivery, Deliveries deliveries, Duration visibility) {
        try {
            do {
                keep(delivery, deliveries, visibility);
            } while (!closed.await(visibility.toMillis() / BEATS_PER_VISIBILITY, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void keep(Delivery delivery, Deliveries deliveries, Duration visibility) {
        try {
            deliveries.keep(delivery, visibility);
        } catch (JobQueueException e) {
            LOG.warn("message={} may come again while it is worked on: {}", delivery.messageId(), e.getMessage());
        }
    }

    /** Afterwards nothing more is said of this delivery. */
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
