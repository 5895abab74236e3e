package io.wanspec.it;

import io.micronaut.runtime.server.EmbeddedServer;
import io.wanspec.emulator.sagemaker.EndpointTable;
import io.wanspec.emulator.sagemaker.Operation;
import io.wanspec.emulator.sagemaker.SageMakerEmulator;
import io.wanspec.emulator.sagemaker.SageMakerSettings;
import io.wanspec.functions.WanSpecFunctions;
import io.wanspec.local.launch.LaunchProgress;
import io.wanspec.local.launch.Network;
import io.wanspec.local.process.Supervisor;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** A network without distance, table and queue, whose emulated endpoints a test may disturb. */
final class DirectNetwork implements Network {
    private static final List<String> ENDPOINTS = List.of("target", "busy", "remote");

    private final SageMakerEmulator sageMaker = SageMakerEmulator.open(SageMakerSettings.onPort(0));
    private @Nullable EmbeddedServer server;

    /** From now on links have to be made of single calls. */
    void takeStreamsAway() {
        ENDPOINTS.forEach(name -> endpoints().faults(name).without(Operation.BIDIRECTIONAL_STREAM));
    }

    private EndpointTable endpoints() {
        return sageMaker.endpoints();
    }

    @Override
    public void fetch(LaunchProgress progress) {}

    @Override
    public void start(Supervisor supervisor) {}

    @Override
    public void serve(URI target) {
        throw new UnsupportedOperationException("its tests wait for drafts");
    }

    @Override
    public void connect(ModelServers servers) {
        endpoints().put("target", servers.target());
        endpoints().put("busy", servers.busyDraft());
        endpoints().put("remote", servers.remoteDraft());
        String uri = sageMaker.uri().toString();
        Map<String, Object> properties = new HashMap<>();
        properties.put("micronaut.server.port", -1);
        properties.put("wanspec.target.region", "us-east-1");
        properties.put("wanspec.target.endpoint", "target");
        properties.put("wanspec.target.endpoint-override", uri);
        properties.put("wanspec.busy-draft.endpoint", "busy");
        properties.put("wanspec.busy-draft.endpoint-override", uri);
        properties.put(
                "wanspec.workers",
                List.of(Map.of("id", "eu", "region", "eu-west-1", "endpoint", "remote", "endpoint-override", uri)));
        server = WanSpecFunctions.start(
                properties, StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local")));
    }

    @Override
    public URI gateway() {
        EmbeddedServer started = server;
        if (started == null) {
            throw new IllegalStateException("it is not connected yet");
        }
        return URI.create("http://127.0.0.1:" + started.getPort());
    }

    @Override
    public List<String> addresses() {
        return List.of();
    }

    @Override
    public void close() {
        EmbeddedServer started = server;
        if (started != null) {
            started.stop();
        }
        sageMaker.close();
    }
}
