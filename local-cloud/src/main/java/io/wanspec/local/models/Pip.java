package io.wanspec.local.models;

import io.wanspec.local.process.Children;
import io.wanspec.local.process.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * pip as a program.
 *
 * @param command how it is called
 * @param environment in which it runs
 */
record Pip(List<String> command, Map<String, String> environment) {
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(30);
    private static final Duration WATCH_INTERVAL = Duration.ofMillis(250);
    private static final List<List<String>> CANDIDATES =
            List.of(List.of("python3", "-m", "pip"), List.of("python", "-m", "pip"), List.of("pip3"), List.of("pip"));

    /**
     * What a run of pip left.
     *
     * @param output everything it wrote
     */
    record Outcome(int exitCode, String output) {}

    /** Is told the bytes that a download has written so far. */
    interface Watcher {
        void bytes(long written);
    }

    /** The first way of calling pip that works in {@code environment}. */
    static Optional<Pip> find(Map<String, String> environment) {
        Executables executables = Executables.of(environment);
        return CANDIDATES.stream()
                .flatMap(candidate -> executables.find(candidate.getFirst()).stream()
                        .map(program -> new Pip(withProgram(program, candidate), environment)))
                .filter(Pip::answers)
                .findFirst();
    }

    /**
     * Fetches a package into {@code folder}, which is watched meanwhile.
     *
     * @param limit after which pip is stopped
     */
    Outcome download(String requirement, Path folder, Duration limit, Watcher watcher)
            throws IOException, InterruptedException {
        // pip writes to the folder for temporary files first; with that inside, the folder's size is the progress.
        Path temporary = Files.createDirectories(folder.resolve("tmp"));
        Path log = folder.resolve("pip.log");
        List<String> arguments = List.of(
                "download",
                "--no-deps",
                "--only-binary=:all:",
                "--no-input",
                "--no-cache-dir",
                "--disable-pip-version-check",
                "--progress-bar=off",
                "-d",
                folder.toString(),
                requirement);
        ProcessBuilder builder = builder(arguments, log);
        builder.environment().put("TMPDIR", temporary.toString());
        int exitCode = await(builder.start(), limit, () -> watcher.bytes(Folders.bytes(folder)));
        return new Outcome(exitCode, Files.readString(log));
    }

    private boolean answers() {
        try {
            Path log = Files.createTempFile("wanspec-pip", ".log");
            try {
                return await(builder(List.of("--version"), log).start(), PROBE_LIMIT, () -> {}) == 0;
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

    private ProcessBuilder builder(List<String> arguments, Path log) {
        List<String> all = new ArrayList<>(command);
        all.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(all).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        // The messages of pip are searched for the cause of a failure.
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder;
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

    private static List<String> withProgram(Path program, List<String> candidate) {
        List<String> command = new ArrayList<>(candidate);
        command.set(0, program.toString());
        return List.copyOf(command);
    }
}
