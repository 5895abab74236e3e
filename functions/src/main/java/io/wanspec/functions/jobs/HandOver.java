package io.wanspec.functions.jobs;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Asks to stop when the time is nearly over. Closed before, it asks nobody. */
record HandOver(CompletableFuture<Void> alarm) implements AutoCloseable {
    static HandOver after(Duration left, StopSignal stop) {
        if (!left.isPositive()) {
            stop.ask();
            return new HandOver(CompletableFuture.completedFuture(null));
        }
        Executor later = CompletableFuture.delayedExecutor(left.toMillis(), TimeUnit.MILLISECONDS);
        return new HandOver(CompletableFuture.runAsync(stop::ask, later));
    }

    @Override
    public void close() {
        alarm.cancel(false);
    }
}
