package io.wanspec.functions.link;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All who want to know something while it is asked for share one question, and no thread waits for it. Its owner's lock guards it. */
final class OneQuestion<T> {
    private @Nullable CompletableFuture<T> last;

    /** The question under way, else a new one. */
    CompletableFuture<T> asked(Supplier<CompletableFuture<T>> ask) {
        CompletableFuture<T> running = last;
        if (running == null || running.isDone()) {
            running = ask.get();
            last = running;
        }
        return running;
    }

    /**
     * For calls that could do with what is held.
     *
     * @param most that they wait for something newer
     */
    static <T> CompletableFuture<T> orHeld(CompletableFuture<T> renewed, T held, Duration most) {
        return renewed.exceptionally(_ -> held).completeOnTimeout(held, most.toMillis(), TimeUnit.MILLISECONDS);
    }
}
