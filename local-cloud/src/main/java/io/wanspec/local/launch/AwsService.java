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
        this.running = launch(0);
    }

    /**
     * Starts it on a free port, under the supervisor's watch.
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

    URI endpoint() {
        return running.endpoint();
    }

    long pid() {
        return running.pid();
    }

    @Override
    public synchronized void restart() throws StartException, InterruptedException {
        if (!closed) {
            stop();
            running = launch(running.endpoint().getPort());
        }
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

    private AwsEmulator launch(int port) throws StartException, InterruptedException {
        AwsEmulator started = emulator(port);
        try {
            furnish.accept(started.endpoint());
        } catch (RuntimeException e) {
            started.close();
            throw new StartException("it is up, but refuses", "The AWS emulator refuses a table or queue: " + e, e);
        }
        var _ = started.onExit().thenAccept(exitCode -> ended(started, exitCode));
        return started;
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
