package io.wanspec.endpoints.server;

import io.wanspec.endpoints.compute.Compute;
import io.wanspec.endpoints.compute.Engine;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What connections share: the model once it is loaded, the compute thread, and a thread for tokenizing. */
final class Service implements AutoCloseable {
    private final ServerSettings settings;
    private final Compute compute;
    private final ThreadPoolExecutor text;
    private final CalledLinks<?> links;
    private volatile @Nullable Engine engine;

    Service(ServerSettings settings) {
        this.settings = settings;
        compute = Compute.start(settings.queuedJobs());
        links = new CalledLinks<>(LinkProtocol.of(settings.role()), compute, settings.sockets(), settings.callIdle());
        text = new ThreadPoolExecutor(
                1,
                1,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(settings.queuedJobs()),
                Thread.ofPlatform().name("text").daemon().factory());
    }

    ServerSettings settings() {
        return settings;
    }

    Compute compute() {
        return compute;
    }

    /** The loaded model, or null while it loads. */
    @Nullable
    Engine engine() {
        return engine;
    }

    void ready(Engine loaded) {
        engine = loaded;
    }

    /** Links that are made of single calls. */
    CalledLinks<?> links() {
        return links;
    }

    /** Runs work that would hold up an event loop. @return false if too much is queued */
    boolean offload(Runnable work) {
        try {
            text.execute(work);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    @Override
    public void close() {
        text.shutdownNow();
        compute.close();
    }
}
