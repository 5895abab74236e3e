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
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Starts the real local cloud: fetches models, starts three model servers, connects them, the drafts later where that is asked for. */
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
        return start(settings, progress, this::startWhole);
    }

    @Override
    public Cloud serve(CloudSettings settings, LaunchProgress progress) throws LaunchException, InterruptedException {
        return start(settings, progress, this::startServing);
    }

    /** In which order. */
    private interface Order {
        Cloud start(Network opened, Servers servers, LaunchProgress progress)
                throws StartException, IOException, InterruptedException;
    }

    private Cloud start(CloudSettings settings, LaunchProgress progress, Order order)
            throws LaunchException, InterruptedException {
        try {
            Network opened = network.open(settings);
            try {
                return start(opened, settings, progress, order);
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

    private Cloud start(Network opened, CloudSettings settings, LaunchProgress progress, Order order)
            throws ModelException, LaunchException, StartException, IOException, InterruptedException {
        Path target = models.require(settings.target(), progress);
        Path draft = models.require(settings.draft(), progress);
        opened.fetch(progress);
        Files.createDirectories(home.classes());
        Optional<Path> taskset = Executables.of(environment).find("taskset");
        CpuPlan cores = CpuPlan.of(CpuCores.allowed(), taskset.isPresent());
        ServerPlan plan = new ServerPlan(home, cores, settings.pace(), server, taskset);
        ServedModel drafting = ServedModel.draft(draft, settings.draftName(), target);
        Supervisor supervisor = new Supervisor(SERVER_START_LIMIT, RestartRule.STANDARD, progress::note);
        Servers servers = new Servers(
                supervisor,
                cores,
                plan.target(ServedModel.whole(target, settings.targetName())),
                plan.busyDraft(drafting),
                plan.remoteDraft(drafting));
        try {
            unpackEngine(servers, progress);
            return order.start(opened, servers, progress);
        } catch (StartException | IOException | RuntimeException | InterruptedException e) {
            supervisor.close();
            throw e;
        }
    }

    private void unpackEngine(Servers servers, LaunchProgress progress) throws StartException, InterruptedException {
        if (!Files.isDirectory(home.engine())) {
            // Alone, because three servers at once would each unpack it.
            progress.step("unpacking the inference engine (once, 430 MB)");
            servers.supervisor().start(servers.target());
        }
    }

    private Cloud startWhole(Network opened, Servers servers, LaunchProgress progress)
            throws StartException, IOException, InterruptedException {
        progress.step("starting the model servers, the API, tables and queues");
        Network.ModelServers started;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Drafts drafts = Drafts.start(servers, threads);
            started = drafts.beside(startTargetAndRest(opened, servers, threads));
        }
        progress.step("waiting until every endpoint is ready");
        opened.connect(started);
        return new RunningCloud(servers.supervisor(), opened, servers.cores(), null);
    }

    /** The drafts have the processors when nobody waits for them any more. */
    private Cloud startServing(Network opened, Servers servers, LaunchProgress progress)
            throws StartException, IOException, InterruptedException {
        progress.step("starting the target, the API, tables and queues");
        URI target;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            target = startTargetAndRest(opened, servers, threads);
        }
        progress.step("waiting until requests are answered");
        opened.serve(target);
        var late = new LateDrafts(
                () -> join(opened, servers, target), servers.supervisor().failure());
        return new RunningCloud(servers.supervisor(), opened, servers.cores(), late);
    }

    private static URI startTargetAndRest(Network opened, Servers servers, ExecutorService threads)
            throws StartException, InterruptedException {
        Future<?> rest = threads.submit(() -> {
            opened.start(servers.supervisor());
            return null;
        });
        URI target = Started.result(threads.submit(servers::startTarget)).uri();
        Started.result(rest);
        return target;
    }

    private static void join(Network opened, Servers servers, URI target)
            throws StartException, IOException, InterruptedException {
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            opened.connect(Drafts.start(servers, threads).beside(target));
        } finally {
            // Whoever ends this does not wait for the other one to have started.
            threads.shutdownNow();
            threads.close();
        }
    }

    /** They start at the same time. */
    private record Drafts(Future<ServerProcess> busy, Future<ServerProcess> remote) {
        static Drafts start(Servers servers, ExecutorService threads) {
            return new Drafts(threads.submit(servers::startBusyDraft), threads.submit(servers::startRemoteDraft));
        }

        Network.ModelServers beside(URI target) throws StartException, InterruptedException {
            return new Network.ModelServers(
                    target, Started.result(busy).uri(), Started.result(remote).uri());
        }
    }

    /** What is to be started, and by whom. */
    private record Servers(
            Supervisor supervisor, CpuPlan cores, ServerSpec target, ServerSpec busyDraft, ServerSpec remoteDraft) {
        /** It may run, because it had to unpack the engine. */
        ServerProcess startTarget() throws StartException, InterruptedException {
            Optional<ServerProcess> running = supervisor.find(target.name());
            return running.isPresent() ? running.get() : supervisor.start(target);
        }

        ServerProcess startBusyDraft() throws StartException, InterruptedException {
            return supervisor.start(busyDraft);
        }

        ServerProcess startRemoteDraft() throws StartException, InterruptedException {
            return supervisor.start(remoteDraft);
        }
    }
}
