package io.wanspec.emulator.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program that is run to its end.
 *
 * @param environment all of it: nothing of this process's own is added
 */
public record ProgramRun(List<String> command, Map<String, String> environment) {
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(30);
    private static final Duration WATCH_INTERVAL = Duration.ofMillis(250);

    public ProgramRun {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }

    /** Whether it ends well, and soon; what it writes is ignored. */
    public boolean succeeds() {
        try {
            Path log = Files.createTempFile("wanspec-probe", ".log");
            try {
                return exitCode(log, PROBE_LIMIT, () -> {}) == 0;
            } finally {
                Files.deleteIfExists(log);
            }
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Runs it and returns its exit code.
     *
     * @param log for all that it writes
     * @param limit after which it is stopped
     * @param eachInterval is called several times a second meanwhile
     */
    public int exitCode(Path log, Duration limit, Runnable eachInterval) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return await(builder.start(), limit, eachInterval);
    }

    private static int await(Process process, Duration limit, Runnable eachInterval) throws InterruptedException {
        Children.adopt(process);
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            while (!process.waitFor(WATCH_INTERVAL.toMillis(), TimeUnit.MILLISECONDS)) {
                eachInterval.run();
                if (System.nanoTime() > deadline) {
                    Children.stop(process);
                }
            }
            return process.exitValue();
        } finally {
            if (process.isAlive()) {
                Children.stop(process);
            }
        }
    }
}
