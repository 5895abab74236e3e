package io.wanspec.emulator.toy;

import java.time.Duration;

/** Sleeps. */
final class Pauses {
    private Pauses() {}

    /** Ends early, and stays interrupted, where the stream ends meanwhile. */
    static void millis(int millis) {
        try {
            Thread.sleep(Duration.ofMillis(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
