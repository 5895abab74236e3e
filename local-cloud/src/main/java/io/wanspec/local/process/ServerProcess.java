package io.wanspec.local.process;

import io.wanspec.emulator.process.BoundedLog;
import io.wanspec.emulator.process.Children;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One server, a process of its own. It keeps its port over restarts, so that who talks to it need not be told. Safe
 * for use by several threads.
 */
public final class ServerProcess implements Watched {
    private static final long LOG_BYTES_MAX = 4L << 20;

    /** Is told when a process ended that nobody had asked to. */
    public interface DeathListener {
        void died(ServerProcess server, int exitCode);
    }

    private final ServerSpec spec;
    private final Duration startLimit;
    private final DeathListener onDeath;
    private final BoundedLog log;
    private volatile int port;
    private volatile Process process;
    private volatile @Nullable Process launching;
    private volatile @Nullable Process stopped;
    private volatile boolean closed;

    private ServerProcess(ServerSpec spec, Duration startLimit, DeathListener onDeath)
            throws StartException, InterruptedException {
        this.spec = spec;
        this.startLimit = startLimit;
        this.onDeath = onDeath;
        try {
            this.log = new BoundedLog(spec.log(), LOG_BYTES_MAX);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + spec.log() + "; set WANSPEC_HOME to another folder", e);
        }
        this.process = launch();
    }

    /**
     * Starts the server and returns when it is ready.
     *
     * @param startLimit how long that may take
     */
    public static ServerProcess start(ServerSpec spec, Duration startLimit, DeathListener onDeath)
            throws StartException, InterruptedException {
        return new ServerProcess(spec, startLimit, onDeath);
    }

    @Override
    public String name() {
        return spec.name();
    }

    @Override
    public Path log() {
        return spec.log();
    }

    public int port() {
        return port;
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills the process outright, as a crash would; returns when it is gone. It counts as a death. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** Starts a new process in the place of the old one, which is stopped if it still runs. */
    @Override
    public synchronized void restart() throws StartException, InterruptedException {
        if (closed) {
            return;
        }
        stop();
        process = launch();
    }

    /** Stops the process: asks first, forces it if it takes too long. */
    @Override
    public void close() {
        closed = true;
        Process begun = launching;
        if (begun != null) {
            // A start that takes its time must not hold up the end.
            Children.stop(begun);
        }
        stopForGood();
    }

    private synchronized void stopForGood() {
        stop();
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stop() {
        // By identity: the news of its end may come after its successor runs.
        stopped = process;
        Children.stop(process);
    }

    private Process launch() throws StartException, InterruptedException {
        CompletableFuture<Integer> listening = new CompletableFuture<>();
        Process started = spawn();
        launching = started;
        Children.adopt(started, ClassArchive.isWrittenBy(spec.command()) ? ClassArchive.GRACE : Children.GRACE);
        // No virtual thread: one that reads a pipe keeps its carrier, of which a small machine has two.
        Thread.ofPlatform().daemon().name(spec.name() + "-log").start(new OutputPump(started, log, listening));
        try {
            port = listening.get(startLimit.toMillis(), TimeUnit.MILLISECONDS);
            if (spec.answersPing()) {
                Ping.await(uri(), started, startLimit);
            }
        } catch (ExecutionException | TimeoutException e) {
            throw failed(started, e);
        } catch (InterruptedException e) {
            Children.stop(started);
            throw e;
        } finally {
            launching = null;
        }
        var _ = started.onExit().thenAccept(this::ended);
        return started;
    }

    private Process spawn() throws StartException {
        ProcessBuilder builder = new ProcessBuilder(spec.commandFor(port)).redirectErrorStream(true);
        builder.environment().putAll(spec.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw new StartException(spec.name(), String.valueOf(e.getMessage()), log);
        }
    }

    private StartException failed(Process started, Exception cause) {
        // Its output may end a moment before the process does.
        boolean died =
                cause instanceof ExecutionException ? Children.endsWithin(started, Children.GRACE) : !started.isAlive();
        Children.stop(started);
        String why = died
                ? "its process ended with exit code " + started.exitValue()
                : cause instanceof TimeoutException
                        ? "it was not ready within " + startLimit.toSeconds() + " s"
                        : String.valueOf(cause.getMessage());
        return new StartException(spec.name(), why, log);
    }

    private void ended(Process ended) {
        if (!ended.equals(stopped)) {
            onDeath.died(this, ended.exitValue());
        }
    }
}
