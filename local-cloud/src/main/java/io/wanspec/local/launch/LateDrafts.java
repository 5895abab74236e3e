package io.wanspec.local.launch;

import io.wanspec.emulator.process.Children;
import io.wanspec.local.process.StartException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;

/** The drafts of a cloud that answers already: they are started, and take part as soon as they can. */
final class LateDrafts implements AutoCloseable {
    private final CompletableFuture<Void> joined = new CompletableFuture<>();
    private final CompletableFuture<String> failure;
    private final Thread joining;
    private volatile boolean closed;

    /** Starts and connects them. An interrupt ends it. */
    interface Join {
        void run() throws StartException, IOException, InterruptedException;
    }

    /** @param failure is told, for the user, why a draft does not start */
    LateDrafts(Join join, CompletableFuture<String> failure) {
        this.failure = failure;
        this.joining = Thread.ofPlatform().daemon().name("late-drafts").start(() -> run(join));
    }

    CompletableFuture<Void> joined() {
        return joined;
    }

    private void run(Join join) {
        try {
            join.run();
            joined.complete(null);
        } catch (StartException | IOException | RuntimeException e) {
            if (!closed && !Children.areStoppingAfterAll()) {
                failure.complete(String.valueOf(e.getMessage()));
            }
        } catch (InterruptedException closing) {
            // Nobody waits for them any more.
        }
    }

    /** Returns when whatever was being started is gone. */
    @Override
    public void close() {
        closed = true;
        joining.interrupt();
        try {
            joining.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
