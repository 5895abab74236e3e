package io.wanspec.functions.flow;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Comments on streams of server-sent events on which nothing comes: proxies and clients close what is silent for long. A
 * comment stands between two events, never in one, and clients ignore it.
 */
public final class KeepAlive implements AutoCloseable {
    private static final byte[] COMMENT = ": keep-alive\n\n".getBytes(StandardCharsets.US_ASCII);

    private final Duration interval;
    private final ScheduledThreadPoolExecutor timer;

    /** @param interval longest silence */
    public KeepAlive(Duration interval) {
        this.interval = interval;
        timer = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("sse-keep-alive").factory());
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Begins now, before the first event, and ends with the stream. */
    public void watch(BoundedPublisher<byte[]> events) {
        checkIn(interval.toNanos(), events);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    private void checkIn(long nanos, BoundedPublisher<byte[]> events) {
        try {
            var _ = timer.schedule(() -> check(events), nanos, TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException closed) {
            // The server stops, and so do its streams.
            return;
        }
    }

    private void check(BoundedPublisher<byte[]> events) {
        if (events.isOver()) {
            return;
        }
        long quiet = events.quietNanos();
        if (quiet >= interval.toNanos()) {
            events.offerIfEmpty(COMMENT);
            quiet = 0;
        }
        checkIn(interval.toNanos() - quiet, events);
    }
}
