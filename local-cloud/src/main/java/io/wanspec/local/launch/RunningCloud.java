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
import org.jspecify.annotations.Nullable;

/** A started cloud. Should the JVM end first, its model servers end with it. */
final class RunningCloud implements Cloud {
    private final Supervisor supervisor;
    private final Network network;
    private final CpuPlan cores;
    private final @Nullable LateDrafts late;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param late absent: they take part */
    RunningCloud(Supervisor supervisor, Network network, CpuPlan cores, @Nullable LateDrafts late) {
        this.supervisor = supervisor;
        this.network = network;
        this.cores = cores;
        this.late = late;
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
                .filter(server ->
                        !server.name().equals(ApiSpec.NAME) && !server.name().equals(LocalSite.RELAY))
                .collect(Collectors.toMap(ServerProcess::name, ServerProcess::uri));
    }

    @Override
    public CompletableFuture<String> failure() {
        return supervisor.failure();
    }

    @Override
    public CompletableFuture<Void> whole() {
        return late == null ? CompletableFuture.completedFuture(null) : late.joined();
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try (supervisor;
                    late) {
                network.close();
            }
        }
    }
}
