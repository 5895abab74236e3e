package io.wanspec.functions.link;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Timers of links. A link holds buffers of megabytes, so a timer that is not needed any more is taken out: until its time it
 * would keep a link that ended long ago.
 */
final class LinkTimers {
    private static final ScheduledThreadPoolExecutor TIMERS = timers();

    private LinkTimers() {}

    /** @param work must not block */
    static Future<?> after(Duration delay, Runnable work) {
        return TIMERS.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private static ScheduledThreadPoolExecutor timers() {
        var timers = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().name("link-timers").daemon().factory());
        timers.setRemoveOnCancelPolicy(true);
        return timers;
    }
}
