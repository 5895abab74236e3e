package io.wanspec.local.launch;

import io.wanspec.emulator.aws.AwsEmulator;
import io.wanspec.emulator.aws.AwsEmulatorException;
import io.wanspec.emulator.aws.AwsProgram;
import io.wanspec.local.process.StartException;
import io.wanspec.local.process.Supervisor;
import io.wanspec.local.process.Watched;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The AWS emulator as a watched process. All is in its memory: a new one begins empty, and is furnished again. */
final class AwsService implements Watched {
    private final Supervisor supervisor;
    private final AwsProgram program;
    private final Path log;
    private final Consumer<URI> furnish;
    private volatile AwsEmulator running;
    private volatile @Nullable AwsEmulator stopped;
    private volatile boolean closed;

    private AwsService(Supervisor supervisor, AwsProgram program, Path log, Consumer<URI> furnish)
            throws StartException, InterruptedException {
        this.supervisor = supervisor;
        this.program = program;
        this.log = log;
        this.furnish = furnish;
        this.running = emulator(0);
        watch(running);
    }

    /**
     * Starts it on a free port, under the supervisor's watch; {@link #furnish} is still to be called.
     *
     * @param furnish makes in an empty one what a deployment makes in AWS
     */
    static AwsService start(Supervisor supervisor, AwsProgram program, Path log, Consumer<URI> furnish)
            throws StartException, InterruptedException {
        return supervisor.watch(new AwsService(supervisor, program, log, furnish));
    }

    @Override
    public String name() {
        return "aws-emulator";
    }

    @Override
    public Path log() {
        return log;
    }

    @Override
    public String lostWithIt() {
        return ", empty: keys, responses, sessions and background jobs that it kept are gone; make keys anew with ./wanspec key create";
    }

    URI endpoint() {
        return running.endpoint();
    }

    long pid() {
        return running.pid();
    }

    /** Makes in it what a deployment makes in AWS. */
    void furnish() throws StartException {
        furnish(running);
    }

    @Override
    public synchronized void restart() throws StartException, InterruptedException {
        if (closed) {
            return;
        }
        stop();
        AwsEmulator started = emulator(running.endpoint().getPort());
        try {
            furnish(started);
        } catch (StartException e) {
            started.close();
            throw e;
        }
        running = started;
        watch(started);
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }

    private void stop() {
        stopped = running;
        running.close();
    }

    private void furnish(AwsEmulator empty) throws StartException {
        try {
            furnish.accept(empty.endpoint());
        } catch (RuntimeException e) {
            String what =
                    "The AWS emulator refuses a table, queue or function: " + e.getMessage() + ". Its log: " + log;
            throw new StartException("it refuses a table, queue or function", what, e);
        }
    }

    private void watch(AwsEmulator started) {
        var _ = started.onExit().thenAccept(exitCode -> ended(started, exitCode));
    }

    private AwsEmulator emulator(int port) throws StartException, InterruptedException {
        try {
            return AwsEmulator.start(program, port, log);
        } catch (AwsEmulatorException e) {
            throw new StartException("it did not start", e.sentence(), e);
        }
    }

    private void ended(AwsEmulator ended, int exitCode) {
        if (!ended.equals(stopped)) {
            supervisor.died(this, exitCode);
        }
    }
}
