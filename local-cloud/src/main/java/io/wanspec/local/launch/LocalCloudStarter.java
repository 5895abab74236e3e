package io.wanspec.local.launch;

import io.wanspec.emulator.process.Executables;
import io.wanspec.local.models.ModelException;
import io.wanspec.local.models.ModelStore;
import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.process.CpuCores;
import io.wanspec.local.process.CpuPlan;
import io.wanspec.local.process.ModelProcess;
import io.wanspec.local.process.ServerSpec;
import io.wanspec.local.process.StartException;
import io.wanspec.local.process.Supervisor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Starts the real local cloud: fetches models, starts three model servers, connects them. */
public final class LocalCloudStarter implements Cloud.Starter {
    /** Unpacking the engine on a slow disk included. */
    private static final Duration SERVER_START_LIMIT = Duration.ofMinutes(3);

    private final WanspecHome home;
    private final ModelStore models;
    private final Network.Starter network;
    private final JavaProgram server;
    private final Map<String, String> environment;

    /**
     * @param server the model server's program
     * @param environment is searched for {@code taskset}
     */
    public LocalCloudStarter(
            WanspecHome home,
            ModelStore models,
            Network.Starter network,
            JavaProgram server,
            Map<String, String> environment) {
        this.home = home;
        this.models = models;
        this.network = network;
        this.server = server;
        this.environment = environment;
    }

    @Override
    public Cloud start(CloudSettings settings, LaunchProgress progress) throws LaunchException, InterruptedException {
        try {
            Path target = models.require(settings.target(), progress);
            Path draft = models.require(settings.draft(), progress);
            network.prepare(progress);
            return start(settings, target, draft, progress);
        } catch (ModelException e) {
            throw new LaunchException(e.sentence(), e, true);
        } catch (StartException | IOException | UncheckedIOException e) {
            throw new LaunchException(String.valueOf(e.getMessage()), e, false);
        }
    }

    private Cloud start(CloudSettings settings, Path target, Path draft, LaunchProgress progress)
            throws StartException, IOException, InterruptedException {
        Optional<Path> taskset = Executables.of(environment).find("taskset");
        CpuPlan cores = CpuPlan.of(CpuCores.allowed(), taskset.isPresent());
        ServerPlan plan = new ServerPlan(home, cores, settings.pace(), server, taskset);
        Supervisor supervisor = new Supervisor(SERVER_START_LIMIT, false, progress::note);
        try {
            Network.ModelServers servers = startServers(settings, plan, target, draft, supervisor, progress);
            progress.step("starting gateway, functions, table and queue");
            return new RunningCloud(supervisor, network.start(settings, servers), cores);
        } catch (StartException | IOException | RuntimeException | InterruptedException e) {
            supervisor.close();
            throw e;
        }
    }

    private Network.ModelServers startServers(
            CloudSettings settings,
            ServerPlan plan,
            Path target,
            Path draft,
            Supervisor supervisor,
            LaunchProgress progress)
            throws StartException, InterruptedException {
        ServedModel drafting = ServedModel.draft(draft, settings.draftName(), target);
        ServerSpec targetSpec = plan.target(ServedModel.whole(target, settings.targetName()));
        ServerSpec busySpec = plan.busyDraft(drafting);
        ServerSpec remoteSpec = plan.remoteDraft(drafting);
        if (!Files.isDirectory(home.engine())) {
            // Alone, because three servers at once would each unpack it.
            progress.step("unpacking the inference engine (once, 430 MB)");
            supervisor.start(targetSpec);
        }
        progress.step("starting the model servers");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<ModelProcess> first = threads.submit(() -> startOnce(supervisor, targetSpec));
            Future<ModelProcess> second = threads.submit(() -> startOnce(supervisor, busySpec));
            Future<ModelProcess> third = threads.submit(() -> startOnce(supervisor, remoteSpec));
            return new Network.ModelServers(
                    result(first).uri(), result(second).uri(), result(third).uri());
        }
    }

    private static ModelProcess startOnce(Supervisor supervisor, ServerSpec spec)
            throws StartException, InterruptedException {
        Optional<ModelProcess> running = supervisor.find(spec.name());
        return running.isPresent() ? running.get() : supervisor.start(spec);
    }

    private static ModelProcess result(Future<ModelProcess> server) throws StartException, InterruptedException {
        try {
            return server.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof StartException why) {
                throw why;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
