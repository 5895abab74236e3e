package io.wanspec.local.process;

import io.wanspec.emulator.process.Children;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The model servers of one local cloud: started, watched, and stopped together. */
public final class Supervisor implements AutoCloseable {
    private static final int RESTARTS_MAX = 3;
    private static final Duration RESTARTS_WITHIN = Duration.ofMinutes(1);

    private final List<ModelProcess> servers = new CopyOnWriteArrayList<>();
    private final Deque<Long> restartNanos = new ArrayDeque<>();
    private final Duration startLimit;
    private final boolean restartsDead;
    private final Consumer<String> notices;
    private volatile boolean closed;

    /**
     * @param startLimit how long a server may take to be ready
     * @param restartsDead whether a server that died is started again, at most three times a minute in all
     * @param notices is told of deaths and restarts
     */
    public Supervisor(Duration startLimit, boolean restartsDead, Consumer<String> notices) {
        this.startLimit = startLimit;
        this.restartsDead = restartsDead;
        this.notices = notices;
    }

    /** Starts a server and returns when it is ready; may be called by several threads at once. */
    public ModelProcess start(ServerSpec spec) throws StartException, InterruptedException {
        ModelProcess server = ModelProcess.start(spec, startLimit, this::died);
        servers.add(server);
        if (closed) {
            server.close();
        }
        return server;
    }

    public List<ModelProcess> servers() {
        return List.copyOf(servers);
    }

    public Optional<ModelProcess> find(String name) {
        return servers.stream().filter(server -> server.name().equals(name)).findFirst();
    }

    /** Stops every server. */
    @Override
    public void close() {
        closed = true;
        servers.parallelStream().forEach(ModelProcess::close);
    }

    private void died(ModelProcess server, int exitCode) {
        Thread.ofVirtual().name("death-of-" + server.name()).start(() -> afterDeath(server, exitCode));
    }

    private void afterDeath(ModelProcess server, int exitCode) {
        if (Children.areStoppingAfterAll() || closed) {
            return;
        }
        notices.accept(server.name() + " died (exit code " + exitCode + ")");
        if (restartsDead && mayRestart()) {
            restart(server);
        }
    }

    private void restart(ModelProcess server) {
        try {
            server.restart();
            notices.accept(server.name() + " was started again");
        } catch (StartException e) {
            notices.accept(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean mayRestart() {
        long now = System.nanoTime();
        restartNanos.removeIf(then -> now - then > RESTARTS_WITHIN.toNanos());
        if (restartNanos.size() >= RESTARTS_MAX) {
            notices.accept("not started again: " + RESTARTS_MAX + " deaths within a minute");
            return false;
        }
        restartNanos.addLast(now);
        return true;
    }
}
