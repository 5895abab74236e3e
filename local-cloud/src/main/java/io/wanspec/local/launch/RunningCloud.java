package io.wanspec.local.launch;

import io.wanspec.local.api.ApiSpec;
import io.wanspec.local.process.CpuPlan;
import io.wanspec.local.process.ServerProcess;
import io.wanspec.local.process.Supervisor;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;

/** A started cloud. Should the JVM end first, its model servers end with it. */
final class RunningCloud implements Cloud {
    private final Supervisor supervisor;
    private final Network network;
    private final CpuPlan cores;
    private final AtomicBoolean closed = new AtomicBoolean();

    RunningCloud(Supervisor supervisor, Network network, CpuPlan cores) {
        this.supervisor = supervisor;
        this.network = network;
        this.cores = cores;
    }

    @Override
    public URI gateway() {
        return network.gateway();
    }

    @Override
    public String cores() {
        return cores.words();
    }

    @Override
    public List<String> addresses() {
        List<String> all = new ArrayList<>(network.addresses());
        for (ServerProcess server : supervisor.servers()) {
            all.add(server.name() + ": " + server.uri() + " (process " + server.pid() + ")");
        }
        return List.copyOf(all);
    }

    @Override
    public Map<String, URI> modelServers() {
        return supervisor.servers().stream()
                .filter(server -> !server.name().equals(ApiSpec.NAME))
                .collect(Collectors.toMap(ServerProcess::name, ServerProcess::uri));
    }

    @Override
    public CompletableFuture<String> failure() {
        return supervisor.failure();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try (supervisor) {
                network.close();
            }
        }
    }
}
