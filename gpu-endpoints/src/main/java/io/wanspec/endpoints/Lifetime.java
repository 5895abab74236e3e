package io.wanspec.endpoints;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** When the program is to end: on SIGTERM or SIGINT, or with its standard input. */
final class Lifetime {
    private static final long STOP_SECONDS_MAX = 15;

    private final CountDownLatch toEnd = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    Lifetime() {
        Runtime.getRuntime().addShutdownHook(new Thread(this::endAndWait, "shutdown"));
    }

    /** Ends when the starter closes its end of the pipe, be it by dying. */
    void endWithStandardInput() {
        Thread.ofPlatform().name("parent-watch").daemon().start(() -> watch(System.in));
    }

    void await() throws InterruptedException {
        toEnd.await();
    }

    /** Everything is closed. */
    void ended() {
        ended.countDown();
    }

    private void watch(InputStream input) {
        byte[] ignored = new byte[256];
        try {
            while (input.read(ignored) >= 0) {
                // Nothing is expected here; only the end matters.
            }
        } catch (IOException e) {
            // A broken pipe is an end, too.
        }
        toEnd.countDown();
    }

    private void endAndWait() {
        toEnd.countDown();
        try {
            boolean _ = ended.await(STOP_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
