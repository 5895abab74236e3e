package io.wanspec.functions.access;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Budgets are counted by the minute and the day of UTC. Who counts on one of them begins well before the next one does. */
public final class WindowRoom {
    private static final Duration OF_A_DAY = Duration.ofMinutes(2);
    private static final Duration OF_A_MINUTE = Duration.ofSeconds(10);

    private WindowRoom() {}

    /** Waits for the next day where little is left of this one. */
    public static void ofDay() throws InterruptedException {
        await(Duration.ofDays(1), OF_A_DAY);
    }

    /** Waits for the next minute where little is left of this one. */
    public static void ofMinute() throws InterruptedException {
        await(Duration.ofMinutes(1), OF_A_MINUTE);
    }

    private static void await(Duration window, Duration room) throws InterruptedException {
        long left = window.toMillis() - System.currentTimeMillis() % window.toMillis();
        if (left < room.toMillis()) {
            TimeUnit.MILLISECONDS.sleep(left);
        }
    }
}
