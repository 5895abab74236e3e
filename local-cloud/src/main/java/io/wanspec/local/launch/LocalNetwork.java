package io.wanspec.local.launch;

import io.micronaut.runtime.server.EmbeddedServer;
import io.wanspec.functions.WanSpecFunctions;
import io.wanspec.local.sagemaker.SageMakerEmulator;
import io.wanspec.local.sagemaker.SageMakerSettings;
import io.wanspec.local.wan.WanLink;
import io.wanspec.local.wan.WanProfile;
import io.wanspec.local.wan.WanSettings;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Two emulated regions with a wide-area link between them, and the functions in the busy one. */
public final class LocalNetwork implements Network {
    private static final String BUSY_REGION = "us-east-1";
    private static final String DRAFT_REGION = "us-west-2";
    private static final String TARGET = "target";
    private static final String DRAFT = "draft";
    private static final long JITTER_SEED = 1;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final SageMakerEmulator busy;
    private final SageMakerEmulator away;
    private final WanLink wan;
    private final EmbeddedServer functions;

    private LocalNetwork(CloudSettings settings, ModelServers servers) {
        try {
            busy = opened(SageMakerEmulator.open(SageMakerSettings.onPort(0)));
            busy.endpoints().put(TARGET, servers.target());
            busy.endpoints().put(DRAFT, servers.busyDraft());
            away = opened(SageMakerEmulator.open(SageMakerSettings.onPort(0)));
            away.endpoints().put(DRAFT, servers.remoteDraft());
            wan = opened(WanLink.open(WanSettings.of(away.uri(), profile(settings), JITTER_SEED)));
            functions = opened(WanSpecFunctions.start(
                    properties(settings),
                    StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"))));
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** @throws IOException if a port is taken, or the functions cannot start; everything is closed then */
    public static LocalNetwork start(CloudSettings settings, ModelServers servers) throws IOException {
        try {
            return new LocalNetwork(settings, servers);
        } catch (RuntimeException e) {
            throw new IOException(
                    "the local cloud could not start: " + e.getMessage()
                            + ". If a port is taken, choose another with --port",
                    e);
        }
    }

    @Override
    public URI gateway() {
        return URI.create("http://127.0.0.1:" + functions.getPort());
    }

    @Override
    public List<String> addresses() {
        return List.of(
                "functions: " + gateway(),
                "busy region's endpoints: " + busy.uri(),
                "draft region's endpoints: " + away.uri() + ", across the WAN: " + wan.uri());
    }

    /** Closes in the reverse order of opening. */
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
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

    private Map<String, Object> properties(CloudSettings settings) {
        return Map.ofEntries(
                Map.entry("micronaut.server.host", "127.0.0.1"),
                Map.entry("micronaut.server.port", settings.port() == 0 ? -1 : settings.port()),
                Map.entry("wanspec.target.region", BUSY_REGION),
                Map.entry("wanspec.target.endpoint", TARGET),
                Map.entry("wanspec.target.endpoint-override", busy.uri().toString()),
                Map.entry("wanspec.busy-draft.endpoint", DRAFT),
                Map.entry("wanspec.busy-draft.endpoint-override", busy.uri().toString()),
                Map.entry(
                        "wanspec.workers",
                        List.of(Map.of(
                                "id",
                                "remote",
                                "region",
                                DRAFT_REGION,
                                "endpoint",
                                DRAFT,
                                "endpoint-override",
                                wan.uri().toString()))));
    }
}
