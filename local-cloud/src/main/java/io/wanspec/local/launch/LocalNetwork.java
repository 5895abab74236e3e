package io.wanspec.local.launch;

import io.wanspec.emulator.aws.AwsEmulatorException;
import io.wanspec.emulator.aws.AwsEmulatorStore;
import io.wanspec.emulator.gateway.Gateway;
import io.wanspec.emulator.gateway.GatewaySettings;
import io.wanspec.emulator.wan.WanProfile;
import io.wanspec.local.api.ApiSpec;
import io.wanspec.local.functions.LocalAws;
import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.network.LocalCloudNetwork;
import io.wanspec.local.network.NetworkSettings;
import io.wanspec.local.process.ServerProcess;
import io.wanspec.local.process.StartException;
import io.wanspec.local.process.Supervisor;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Two emulated regions, the API as a process in the busy one, the AWS emulator, and the gateway in front of them. */
public final class LocalNetwork implements Network {
    private static final long JITTER_SEED = 1;
    private static final String ALLOWED_HOSTS = "WANSPEC_HTTP_ALLOWED_HOSTS";

    /** Nobody listens there: until the API is up the gateway answers that it is not. */
    private static final URI NOT_YET = URI.create("http://127.0.0.1:1");

    private final WanspecHome home;
    private final AwsEmulatorStore store;
    private final Gateway gateway;
    private final LocalCloudNetwork regions;
    private final boolean requireKeys;
    private final Optional<LocalSite> site;
    private @Nullable AwsService aws;
    private @Nullable LocalTable table;

    private LocalNetwork(
            WanspecHome home,
            AwsEmulatorStore store,
            Gateway gateway,
            LocalCloudNetwork regions,
            CloudSettings settings) {
        this.home = home;
        this.store = store;
        this.gateway = gateway;
        this.regions = regions;
        this.requireKeys = settings.requireKeys();
        this.site =
                settings.onSite() ? Optional.of(LocalSite.fresh(regions.draftSageMakerInRegion())) : Optional.empty();
    }

    /**
     * Opens such networks.
     *
     * @param store where the AWS emulator is installed
     * @param home for logs
     */
    public static Network.Starter starter(AwsEmulatorStore store, WanspecHome home) {
        return settings -> open(store, home, settings);
    }

    private static LocalNetwork open(AwsEmulatorStore store, WanspecHome home, CloudSettings settings)
            throws IOException {
        Gateway gateway = gateway(settings.port());
        try {
            WanProfile between = between(settings.rttMs(), settings.jitterMs());
            var regions = LocalCloudNetwork.start(NetworkSettings.onFreePorts(between, JITTER_SEED));
            return new LocalNetwork(home, store, gateway, regions, settings);
        } catch (RuntimeException e) {
            gateway.close();
            throw new IOException("the local cloud did not start: " + e.getMessage(), e);
        }
    }

    /** How far the regions are from each other, from now on: it may change while everything runs. */
    public void distance(double rttMs, double jitterMs) {
        regions.wan().profile(between(rttMs, jitterMs));
    }

    /** What the API reads as a setting is the gateway's too: clients name the gateway. */
    private static List<String> allowedHosts() {
        return List.of(System.getenv().getOrDefault(ALLOWED_HOSTS, "").split(",", -1));
    }

    private static Gateway gateway(int port) throws IOException {
        try {
            return Gateway.open(GatewaySettings.of(port, NOT_YET).allowing(allowedHosts()));
        } catch (IllegalStateException e) {
            throw new IOException(
                    "port " + port + " is taken: another program listens there, or another `wanspec up`. Choose another"
                            + " with --port (0 takes any free one); nothing was started",
                    e);
        }
    }

    @Override
    public void fetch(LaunchProgress progress) throws LaunchException, InterruptedException {
        try {
            store.require(progress);
        } catch (AwsEmulatorException e) {
            throw new LaunchException(e.sentence(), e, false);
        }
    }

    @Override
    public void start(Supervisor supervisor) throws StartException, InterruptedException {
        AwsService started = startAws(supervisor);
        aws = started;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> furnished = threads.submit(() -> {
                started.furnish();
                return null;
            });
            Future<?> joined = threads.submit(() -> {
                startRelay(supervisor);
                return null;
            });
            ServerProcess server = supervisor.start(
                    ApiSpec.of(home, settings(started.endpoint()).properties()));
            gateway.functions(server.uri());
            Started.result(furnished);
            Started.result(joined);
        }
    }

    private void startRelay(Supervisor supervisor) throws StartException, InterruptedException {
        if (site.isPresent()) {
            ServerProcess relay = supervisor.start(site.get().relaySpec(home));
            regions.draftEndpoints().put(LocalSite.RELAY, relay.uri());
        }
    }

    private AwsService startAws(Supervisor supervisor) throws StartException, InterruptedException {
        Path log = home.logs().resolve("aws-emulator.log");
        try {
            return AwsService.start(
                    supervisor,
                    store.require(LaunchProgress.NONE),
                    log,
                    endpoint -> new Provisioning(settings(endpoint), home).make());
        } catch (AwsEmulatorException e) {
            throw new StartException("it is not installed", e.sentence(), e);
        }
    }

    private LocalApi settings(URI endpoint) {
        return new LocalApi(
                regions.busySageMaker(),
                regions.draftSageMaker(),
                new LocalAws(endpoint, LocalApi.BUSY_REGION),
                requireKeys,
                site);
    }

    @Override
    public void serve(URI target) throws IOException {
        regions.busyEndpoints().put(LocalApi.TARGET, target);
        Readiness.ANSWERS.await(gateway());
        note();
    }

    @Override
    public void connect(ModelServers servers) throws IOException {
        regions.busyEndpoints().put(LocalApi.DRAFT, servers.busyDraft());
        regions.draftEndpoints().put(LocalApi.DRAFT, servers.remoteDraft());
        regions.busyEndpoints().put(LocalApi.TARGET, servers.target());
        Readiness.WHOLE.await(gateway());
        note();
    }

    /** For other commands of this machine. */
    private synchronized void note() throws IOException {
        if (aws != null && table == null) {
            var models =
                    new LocalModels(regions.busySageMaker(), regions.draftSageMaker(), LocalApi.TARGET, LocalApi.DRAFT);
            table = LocalTable.note(home, aws.endpoint(), models);
        }
    }

    @Override
    public URI gateway() {
        return gateway.uri();
    }

    @Override
    public List<String> addresses() {
        List<String> all = new ArrayList<>();
        all.add("gateway: " + gateway.uri());
        all.add("SageMaker, busy region: " + regions.busySageMaker());
        all.add("SageMaker, draft region: " + regions.draftSageMakerInRegion() + ", across the WAN: "
                + regions.draftSageMaker());
        if (aws != null) {
            all.add("DynamoDB, SQS: " + aws.endpoint() + " (process " + aws.pid() + ")");
        }
        return List.copyOf(all);
    }

    /** The processes are the supervisor's to stop. */
    @Override
    public void close() {
        forget();
        gateway.close();
        try {
            regions.close();
        } catch (IllegalStateException closing) {
            System.getLogger(LocalNetwork.class.getName())
                    .log(System.Logger.Level.WARNING, "a part of the local cloud did not close", closing);
        }
    }

    private synchronized void forget() {
        if (table != null) {
            table.forget(home);
        }
    }

    private static WanProfile between(double rttMs, double jitterMs) {
        return new WanProfile(duration(rttMs), duration(jitterMs), 0);
    }

    private static Duration duration(double ms) {
        return Duration.ofNanos(Math.round(ms * 1e6));
    }
}
