package io.wanspec.functions.standin;

import java.time.Duration;

/** Sleeps. */
final class Pauses {
    private Pauses() {}

    static void millis(int millis) {
        try {
            Thread.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
