package io.wanspec.simulator.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** A bounded number of threads that work off lists of tasks. */
public final class Crew implements AutoCloseable {
    /** Most threads that a study may have. */
    public static final int THREADS_MAX = 256;

    private final ExecutorService threads;
    private final Progress progress;

    /** Is told how far a list is; from any thread. */
    public interface Progress {
        Progress NONE = (done, of) -> {};

        void at(int done, int of);
    }

    public Crew(int threads, Progress progress) {
        if (threads < 1 || threads > THREADS_MAX) {
            throw new IllegalArgumentException("threads must be between 1 and " + THREADS_MAX + ", was " + threads);
        }
        this.threads = Executors.newFixedThreadPool(threads);
        this.progress = progress;
    }

    /** The tasks' results in the order of the tasks. What one of them throws ends the list. */
    public <T> List<T> all(List<Callable<T>> tasks) throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        List<Future<T>> futures = new ArrayList<>();
        for (Callable<T> task : tasks) {
            futures.add(threads.submit(() -> {
                T result = task.call();
                progress.at(done.incrementAndGet(), tasks.size());
                return result;
            }));
        }
        List<T> results = new ArrayList<>();
        try {
            for (Future<T> future : futures) {
                results.add(future.get());
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a simulation failed: " + e.getCause(), e.getCause());
        } finally {
            futures.forEach(future -> future.cancel(true));
        }
        return results;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
