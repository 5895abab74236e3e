package io.wanspec.emulator.process;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * Every process that this JVM has started and that is still there. Whatever ends the JVM in an orderly way (its last
 * command, Ctrl-C, SIGTERM) ends them too; a JVM that is killed outright is noticed by those that watch their standard
 * input.
 */
public final class Children {
    /** How long a process may take to end by itself once asked. */
    public static final Duration GRACE = Duration.ofSeconds(5);

    private static final Duration ENDING_NOTICED_WITHIN = Duration.ofMillis(300);

    private static volatile boolean stoppingAll;
    private static final List<Runnable> FIRST = new CopyOnWriteArrayList<>();
    private static final Map<Process, Duration> ALIVE = new ConcurrentHashMap<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Children::stopAll, "stop-children"));
    }

    private Children() {}

    /** Takes charge of {@code process} until it ends. */
    public static void adopt(Process process) {
        adopt(process, GRACE);
    }

    /** @param grace how long it may take to end by itself once asked */
    public static void adopt(Process process, Duration grace) {
        ALIVE.put(process, grace);
        var _ = process.onExit().thenRun(() -> ALIVE.remove(process));
    }

    /** Asks {@code process} and what it started to end, waits for as long as it may take, then forces it. */
    public static void stop(Process process) {
        Duration grace = ALIVE.getOrDefault(process, GRACE);
        var descendants = process.descendants().toList();
        process.destroy();
        descendants.forEach(ProcessHandle::destroy);
        if (!endsWithin(process, grace)) {
            process.destroyForcibly();
            endsWithin(process, GRACE);
        }
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    /** Whether this JVM is ending, so that its processes are too. */
    public static boolean areStopping() {
        return stoppingAll;
    }

    /**
     * Whether a failure just seen is but a part of this JVM's end: a Ctrl-C reaches its processes as soon as itself, so that
     * they may be gone a moment before it notices. Waits for that moment.
     */
    public static boolean areStoppingAfterAll() {
        try {
            Thread.sleep(ENDING_NOTICED_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return stoppingAll;
    }

    /**
     * What is to happen when this JVM ends, before any of its processes is asked to: they may still be needed for it. It has to end by
     * itself.
     *
     * @return forgets it
     */
    public static Runnable beforeStopping(Runnable first) {
        FIRST.add(first);
        return () -> FIRST.remove(first);
    }

    private static void stopAll() {
        stoppingAll = true;
        runEach(FIRST);
        // All are asked before any is waited for, so that the grace is shared.
        ALIVE.keySet().forEach(Process::destroy);
        ALIVE.keySet().forEach(Children::stop);
    }

    /** One that fails is reported, and keeps no other from its turn. */
    static void runEach(List<Runnable> steps) {
        for (Runnable step : steps) {
            try {
                step.run();
            } catch (RuntimeException | Error e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
    }

    /** Waits for the end of {@code process}, for at most {@code limit}; tells whether it came. */
    public static boolean endsWithin(Process process, Duration limit) {
        try {
            return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
