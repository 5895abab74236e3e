package io.wanspec.local.launch;

import io.wanspec.emulator.process.Executables;
import io.wanspec.local.models.ModelException;
import io.wanspec.local.models.ModelStore;
import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.process.CpuPlan;
import io.wanspec.local.process.RestartRule;
import io.wanspec.local.process.ServerProcess;
import io.wanspec.local.process.ServerSpec;
import io.wanspec.local.process.StartException;
import io.wanspec.local.process.Supervisor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The model server of a worker on site: a draft, on this machine, for this machine only. It is started again when it dies. */
public final class SiteDraft implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofMinutes(3);

    private final Supervisor supervisor;
    private final ServerProcess server;

    private SiteDraft(Supervisor supervisor, ServerProcess server) {
        this.supervisor = supervisor;
        this.server = server;
    }

    /**
     * Fetches the models that are missing, and returns when the server is ready.
     *
     * @param draft name or path
     * @param target of the same vocabulary, for a draft that comes without one
     * @param environment is searched for {@code taskset}
     */
    public static SiteDraft start(
            WanspecHome home,
            ModelStore models,
            String draft,
            String target,
            Map<String, String> environment,
            LaunchProgress progress)
            throws LaunchException, InterruptedException {
        try {
            Path files = models.require(draft, progress);
            Path vocabulary =
                    ServedModel.draft(files, draft, files).tokenizerFrom().isPresent()
                            ? models.require(target, progress)
                            : files;
            ServedModel served = ServedModel.draft(files, named(draft), vocabulary);
            progress.step("starting the model server");
            return start(home, served, environment, progress);
        } catch (ModelException e) {
            throw new LaunchException(e.sentence(), e, true);
        } catch (StartException | IOException e) {
            throw new LaunchException(String.valueOf(e.getMessage()), e, false);
        }
    }

    private static SiteDraft start(
            WanspecHome home, ServedModel served, Map<String, String> environment, LaunchProgress progress)
            throws StartException, IOException, InterruptedException {
        Files.createDirectories(home.classes());
        Optional<Path> taskset = Executables.of(environment).find("taskset");
        var anywhere = new CpuPlan(Optional.empty(), Optional.empty(), Optional.empty(), "any core");
        var plan = new ServerPlan(home, anywhere, Pace.NONE, JavaProgram.modelServer(), taskset);
        var supervisor = new Supervisor(START_LIMIT, RestartRule.STANDARD, progress::note);
        try {
            return new SiteDraft(
                    supervisor, supervisor.start(apart(plan.siteDraft(served), Executables.of(environment))));
        } catch (StartException | RuntimeException | InterruptedException e) {
            supervisor.close();
            throw e;
        }
    }

    /** Where there is a way: a Ctrl-C in the terminal is this process's to hear, whose sessions need the server until they are over. */
    private static ServerSpec apart(ServerSpec spec, Executables programs) {
        List<String> prefix =
                programs.find("setsid").map(path -> List.of(path.toString())).orElse(List.of());
        List<String> command =
                Stream.concat(prefix.stream(), spec.command().stream()).toList();
        return new ServerSpec(spec.name(), command, spec.environment(), spec.log());
    }

    private static String named(String nameOrPath) {
        Path last = Path.of(nameOrPath).getFileName();
        return last == null ? nameOrPath : last.toString();
    }

    public URI uri() {
        return server.uri();
    }

    /** Completes, with what to tell the user, when the server died so often that it is given up. */
    public CompletableFuture<String> failure() {
        return supervisor.failure();
    }

    @Override
    public void close() {
        supervisor.close();
    }
}
