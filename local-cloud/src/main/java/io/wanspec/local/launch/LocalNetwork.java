package io.wanspec.local.launch;

import io.micronaut.runtime.server.EmbeddedServer;
import io.wanspec.emulator.aws.AwsEmulatorException;
import io.wanspec.emulator.aws.AwsEmulatorStore;
import io.wanspec.emulator.aws.AwsProgram;
import io.wanspec.emulator.gateway.Gateway;
import io.wanspec.emulator.gateway.GatewaySettings;
import io.wanspec.emulator.wan.WanProfile;
import io.wanspec.functions.WanSpecFunctions;
import io.wanspec.local.models.WanspecHome;
import io.wanspec.local.network.LocalCloudNetwork;
import io.wanspec.local.network.NetworkSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Two emulated regions, the functions in the busy one, and the gateway in front of them. */
public final class LocalNetwork implements Network {
    private static final String BUSY_REGION = "us-east-1";
    private static final String DRAFT_REGION = "us-west-2";
    private static final String TARGET = "target";
    private static final String DRAFT = "draft";
    private static final long JITTER_SEED = 1;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final LocalCloudNetwork regions;
    private final EmbeddedServer functions;
    private final Gateway gateway;

    private LocalNetwork(CloudSettings settings, ModelServers servers, AwsProgram aws, Path awsLog)
            throws AwsEmulatorException, InterruptedException {
        try {
            regions = opened(
                    LocalCloudNetwork.start(NetworkSettings.onFreePorts(profile(settings), JITTER_SEED), aws, awsLog));
            regions.busyEndpoints().put(TARGET, servers.target());
            regions.busyEndpoints().put(DRAFT, servers.busyDraft());
            regions.draftEndpoints().put(DRAFT, servers.remoteDraft());
            functions = opened(WanSpecFunctions.start(properties(regions), Provisioning.credentials()));
            URI behind = URI.create("http://127.0.0.1:" + functions.getPort());
            gateway = opened(Gateway.open(GatewaySettings.of(settings.port(), behind)));
        } catch (RuntimeException | AwsEmulatorException | InterruptedException e) {
            close();
            throw e;
        }
    }

    /**
     * Starts such networks.
     *
     * @param store where the AWS emulator is installed
     * @param home for logs
     */
    public static Network.Starter starter(AwsEmulatorStore store, WanspecHome home) {
        return new LocalNetworkStarter(store, home);
    }

    /** @throws IOException if a port is taken, or a part cannot start; everything is closed then */
    static LocalNetwork start(CloudSettings settings, ModelServers servers, AwsProgram aws, Path awsLog)
            throws IOException, InterruptedException {
        try {
            LocalNetwork network = new LocalNetwork(settings, servers, aws, awsLog);
            network.awaitReadiness();
            return network;
        } catch (AwsEmulatorException e) {
            throw new IOException(e.sentence(), e);
        } catch (RuntimeException e) {
            throw new IOException(
                    "the local cloud did not start: " + e.getMessage()
                            + ". If its port is taken, choose another with --port",
                    e);
        }
    }

    private void awaitReadiness() throws IOException {
        try {
            Readiness.await(gateway());
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    @Override
    public URI gateway() {
        return gateway.uri();
    }

    @Override
    public List<String> addresses() {
        return List.of(
                "gateway: " + gateway.uri(),
                "functions: http://127.0.0.1:" + functions.getPort(),
                "SageMaker, busy region: " + regions.busySageMaker(),
                "SageMaker, draft region: " + regions.draftSageMakerInRegion() + ", across the WAN: "
                        + regions.draftSageMaker(),
                "DynamoDB, SQS: " + regions.aws());
    }

    /** Closes in the reverse order of opening; a part that fails to close does not keep the others from it. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception closing) {
                System.getLogger(LocalNetwork.class.getName())
                        .log(System.Logger.Level.WARNING, "a part of the local cloud did not close", closing);
            }
        }
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    private static WanProfile profile(CloudSettings settings) {
        return new WanProfile(duration(settings.rttMs()), duration(settings.jitterMs()), 0);
    }

    private static Duration duration(double ms) {
        return Duration.ofNanos(Math.round(ms * 1e6));
    }

    private static Map<String, Object> properties(LocalCloudNetwork regions) {
        String busy = regions.busySageMaker().toString();
        Provisioning.makeTable(regions.aws(), BUSY_REGION);
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.host", "127.0.0.1");
        properties.put("micronaut.server.port", -1);
        properties.put("wanspec.target.region", BUSY_REGION);
        properties.put("wanspec.target.endpoint", TARGET);
        properties.put("wanspec.target.endpoint-override", busy);
        properties.put("wanspec.busy-draft.endpoint", DRAFT);
        properties.put("wanspec.busy-draft.endpoint-override", busy);
        properties.put("wanspec.workers", List.of(worker(regions.draftSageMaker())));
        properties.put("wanspec.sessions.table", Provisioning.TABLE);
        properties.put("wanspec.sessions.endpoint-override", regions.aws().toString());
        return properties;
    }

    private static Map<String, Object> worker(URI acrossTheWan) {
        return Map.of(
                "id",
                "remote",
                "region",
                DRAFT_REGION,
                "endpoint",
                DRAFT,
                "endpoint-override",
                acrossTheWan.toString());
    }
}
