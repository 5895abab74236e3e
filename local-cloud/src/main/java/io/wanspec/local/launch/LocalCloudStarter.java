package io.wanspec.local.launch;

import io.wanspec.emulator.process.Executables;
import io.wanspec.local.models.ModelException;
import io.wanspec.local.models.ModelStore;
import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.process.CpuCores;
import io.wanspec.local.process.CpuPlan;
import io.wanspec.local.process.RestartRule;
import io.wanspec.local.process.ServerProcess;
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
            Network opened = network.open(settings);
            try {
                return start(opened, settings, progress);
            } catch (ModelException | LaunchException | StartException | IOException | RuntimeException e) {
                opened.close();
                throw e;
            } catch (InterruptedException e) {
                opened.close();
                throw e;
            }
        } catch (ModelException e) {
            throw new LaunchException(e.sentence(), e, true);
        } catch (StartException | IOException | UncheckedIOException e) {
            throw new LaunchException(String.valueOf(e.getMessage()), e, false);
        }
    }

    private Cloud start(Network opened, CloudSettings settings, LaunchProgress progress)
            throws ModelException, LaunchException, StartException, IOException, InterruptedException {
        Path target = models.require(settings.target(), progress);
        Path draft = models.require(settings.draft(), progress);
        opened.fetch(progress);
        Files.createDirectories(home.classes());
        Optional<Path> taskset = Executables.of(environment).find("taskset");
        CpuPlan cores = CpuPlan.of(CpuCores.allowed(), taskset.isPresent());
        ServerPlan plan = new ServerPlan(home, cores, settings.pace(), server, taskset);
        Supervisor supervisor = new Supervisor(SERVER_START_LIMIT, RestartRule.STANDARD, progress::note);
        try {
            Network.ModelServers servers = startAll(opened, settings, plan, target, draft, supervisor, progress);
            progress.step("waiting until every endpoint is ready");
            opened.connect(servers);
            return new RunningCloud(supervisor, opened, cores);
        } catch (StartException | IOException | RuntimeException | InterruptedException e) {
            supervisor.close();
            throw e;
        }
    }

    private Network.ModelServers startAll(
            Network opened,
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
        progress.step("starting the model servers, the API, tables and queues");
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> rest = threads.submit(() -> {
                opened.start(supervisor);
                return null;
            });
            Future<ServerProcess> first = threads.submit(() -> startOnce(supervisor, targetSpec));
            Future<ServerProcess> second = threads.submit(() -> startOnce(supervisor, busySpec));
            Future<ServerProcess> third = threads.submit(() -> startOnce(supervisor, remoteSpec));
            Network.ModelServers servers = new Network.ModelServers(
                    Started.result(first).uri(),
                    Started.result(second).uri(),
                    Started.result(third).uri());
            Started.result(rest);
            return servers;
        }
    }

    private static ServerProcess startOnce(Supervisor supervisor, ServerSpec spec)
            throws StartException, InterruptedException {
        Optional<ServerProcess> running = supervisor.find(spec.name());
        return running.isPresent() ? running.get() : supervisor.start(spec);
    }
}
