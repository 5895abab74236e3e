package io.wanspec.emulator.aws;

import io.wanspec.emulator.aws.AwsEmulatorException.Kind;
import io.wanspec.emulator.process.BoundedLog;
import io.wanspec.emulator.process.Children;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * DynamoDB, SQS and Lambda over their own wire protocols: MiniStack as a process, in memory, on loopback only. It ends with this
 * JVM, however that ends, and takes its data and the functions that it started with it.
 */
public final class AwsEmulator implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private static final long LOG_BYTES_MAX = 4L << 20;
    private static final int PORTS_TRIED_MAX = 5;

    private final Process process;
    private final Path data;
    private final BoundedLog log;
    private final int port;
    private final Thread atTheEnd = new Thread(this::removeDataAfterwards, "remove-aws-data");

    private AwsEmulator(Process process, Path data, BoundedLog log, int port) {
        this.process = process;
        this.data = data;
        this.log = log;
        this.port = port;
    }

    /**
     * Starts with nothing in it, and returns when it answers; well under a second after the first time.
     *
     * @param port TCP port, 0 for a free one
     * @param logFile for what it writes
     */
    public static AwsEmulator start(AwsProgram program, int port, Path logFile)
            throws AwsEmulatorException, InterruptedException {
        for (int tried = 1; ; tried++) {
            try {
                return startOn(program, port == 0 ? FreePort.choose() : port, logFile);
            } catch (AwsEmulatorException e) {
                // Between the choice of a free port and its use another process may take it.
                if (port != 0 || e.kind() != Kind.PORT_TAKEN || tried == PORTS_TRIED_MAX) {
                    throw e;
                }
            }
        }
    }

    private static AwsEmulator startOn(AwsProgram program, int port, Path logFile)
            throws AwsEmulatorException, InterruptedException {
        AwsEmulator started = spawn(program, port, logFile);
        try {
            if (!AwsHealth.comes(started.endpoint(), started.process, START_LIMIT)) {
                throw started.failed();
            }
            return started;
        } catch (AwsEmulatorException | InterruptedException e) {
            started.close();
            throw e;
        }
    }

    private static AwsEmulator spawn(AwsProgram program, int port, Path logFile) throws AwsEmulatorException {
        try {
            Path data = program.newDataFolder();
            ProcessBuilder builder = new ProcessBuilder(program.command(data))
                    .directory(data.toFile())
                    .redirectErrorStream(true);
            builder.environment().clear();
            builder.environment()
                    .putAll(program.environment(data, port, System.getenv().getOrDefault("PATH", "")));
            BoundedLog log = new BoundedLog(logFile, LOG_BYTES_MAX);
            Process process = builder.start();
            Children.adopt(process);
            // No virtual thread: one that reads a pipe keeps its carrier, of which a small machine has two.
            Thread.ofPlatform().daemon().name("aws-emulator-log").start(() -> copy(process, log));
            AwsEmulator spawned = new AwsEmulator(process, data, log, port);
            Runtime.getRuntime().addShutdownHook(spawned.atTheEnd);
            return spawned;
        } catch (IOException e) {
            throw new AwsEmulatorException(Kind.START_FAILED, "The AWS emulator did not start: " + e.getMessage());
        }
    }

    private static void copy(Process process, BoundedLog log) {
        try (log;
                BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                log.line(line);
            }
        } catch (IOException closed) {
            // It was stopped, or the log's disk is full; the emulator itself must not suffer from either.
        }
    }

    /** The endpoint override for clients of every service. */
    public URI endpoint() {
        return URI.create("http://" + AwsProgram.LOOPBACK + ":" + port);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Completes when the process has ended, for whatever reason. */
    public CompletableFuture<Integer> onExit() {
        return process.onExit().thenApply(Process::exitValue);
    }

    /** Stops it and what it started, and forgets everything. */
    @Override
    public void close() {
        Children.stop(process);
        AwsProgram.remove(data);
        try {
            boolean _ = Runtime.getRuntime().removeShutdownHook(atTheEnd);
        } catch (IllegalStateException ending) {
            // The JVM ends, and runs it.
        }
    }

    /** On a busy machine the process may be forced to end before it has cleaned up. */
    private void removeDataAfterwards() {
        Children.endsWithin(process, Children.GRACE.multipliedBy(3));
        AwsProgram.remove(data);
    }

    private AwsEmulatorException failed() {
        // Its output may end a moment after the process does.
        boolean ended = !process.isAlive() && Children.endsWithin(process, Children.GRACE);
        List<String> lines = log.tail();
        if (lines.stream().anyMatch(AwsEmulator::tellsOfTakenPort)) {
            return new AwsEmulatorException(
                    Kind.PORT_TAKEN,
                    "Port " + port + " is taken, and the AWS emulator was to listen there. Choose another.");
        }
        return new AwsEmulatorException(
                Kind.START_FAILED,
                "The AWS emulator did not start: "
                        + (ended
                                ? "its process ended with exit code " + process.exitValue()
                                : "it did not answer in time")
                        + ". Its log: " + log.file() + "\n  " + String.join("\n  ", lines));
    }

    private static boolean tellsOfTakenPort(String line) {
        return line.toLowerCase(Locale.ROOT).contains("already in use");
    }
}
