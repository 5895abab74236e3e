package io.wanspec.local.process;

import io.wanspec.emulator.process.Children;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/** The processes of one local cloud: started, watched, started again when they die, and stopped together. */
public final class Supervisor implements AutoCloseable {
    private final List<Watched> watched = new CopyOnWriteArrayList<>();
    private final Map<Watched, Deque<Long>> failureNanos = new ConcurrentHashMap<>();
    private final CompletableFuture<String> failure = new CompletableFuture<>();
    private final Duration startLimit;
    private final RestartRule rule;
    private final Consumer<String> notices;
    private volatile boolean closed;

    /**
     * @param startLimit how long a server may take to be ready
     * @param notices is told of deaths and restarts
     */
    public Supervisor(Duration startLimit, RestartRule rule, Consumer<String> notices) {
        this.startLimit = startLimit;
        this.rule = rule;
        this.notices = notices;
    }

    /** Starts a server and returns when it is ready; may be called by several threads at once. */
    public ServerProcess start(ServerSpec spec) throws StartException, InterruptedException {
        return watch(ServerProcess.start(spec, startLimit, this::died));
    }

    /** Takes charge of a process that runs already, and whose deaths it is told of with {@link #died}. */
    public <W extends Watched> W watch(W process) {
        watched.add(process);
        if (closed) {
            process.close();
        }
        return process;
    }

    /** A process ended that nobody had asked to. */
    public void died(Watched process, int exitCode) {
        Thread.ofVirtual().name("death-of-" + process.name()).start(() -> afterDeath(process, exitCode));
    }

    public List<ServerProcess> servers() {
        return watched.stream()
                .filter(ServerProcess.class::isInstance)
                .map(ServerProcess.class::cast)
                .toList();
    }

    public Optional<ServerProcess> find(String name) {
        return servers().stream().filter(server -> server.name().equals(name)).findFirst();
    }

    /** Completes, with what to tell the user, when a process is given up. */
    public CompletableFuture<String> failure() {
        return failure;
    }

    /** Stops every process. */
    @Override
    public void close() {
        closed = true;
        watched.parallelStream().forEach(Watched::close);
    }

    private void afterDeath(Watched process, int exitCode) {
        if (Children.areStoppingAfterAll() || closed) {
            return;
        }
        try {
            revive(process, "exit code " + exitCode);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void revive(Watched process, String why) throws InterruptedException {
        String reason = why;
        while (!closed) {
            int failures = countFailure(process);
            Optional<Duration> pause =
                    rule.pauseAfter(failures, ThreadLocalRandom.current().nextDouble());
            if (pause.isEmpty()) {
                giveUp(process, reason, failures);
                return;
            }
            notices.accept(process.name() + " died (" + reason + "); starting it again in "
                    + pause.get().toMillis() + " ms");
            Thread.sleep(pause.get());
            try {
                process.restart();
                notices.accept(process.name() + " was started again" + process.lostWithIt());
                return;
            } catch (StartException e) {
                reason = e.reason();
            }
        }
    }

    private void giveUp(Watched process, String reason, int failures) {
        String died = process.name() + " died (" + reason + ")";
        if (rule.equals(RestartRule.NEVER)) {
            notices.accept(died);
        } else {
            failure.complete(died + ", " + failures + " times within "
                    + rule.within().toSeconds() + " s, and is not started again. Its log: " + process.log());
        }
    }

    /** Those within the rule's time, this one included. */
    private int countFailure(Watched process) {
        Deque<Long> failures = failureNanos.computeIfAbsent(process, _ -> new ArrayDeque<>());
        synchronized (failures) {
            long now = System.nanoTime();
            failures.removeIf(then -> now - then > rule.within().toNanos());
            failures.addLast(now);
            return failures.size();
        }
    }
}
