package io.wanspec.functions;

import io.micronaut.runtime.server.EmbeddedServer;
import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.emulator.sagemaker.SageMakerEmulator;
import io.wanspec.emulator.sagemaker.SageMakerSettings;
import io.wanspec.emulator.toy.ToyContainer;
import io.wanspec.emulator.toy.ToyDraft;
import io.wanspec.emulator.toy.ToyLanguage;
import io.wanspec.emulator.toy.ToyModel;
import io.wanspec.emulator.toy.ToyTarget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

/** The real server, before an emulated SageMaker with three toy models. */
public final class Stage implements AutoCloseable {
    public static final String MODEL = "toy-target";
    public static final StaticCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));

    /** The network threads that clients of tables and queues share: while somebody has them, closing a client need not wait for their end. */
    static final SdkAsyncHttpClient THREADS = NettyNioAsyncHttpClient.create();

    public final SageMakerEmulator sageMaker = SageMakerEmulator.open(SageMakerSettings.onPort(0));
    public final ToyTarget target;
    public final ToyDraft remote;
    public final ToyDraft busy;
    public final HttpClient client = HttpClient.newHttpClient();
    public final EmbeddedServer server;

    private final Map<String, ToyContainer> serving = new HashMap<>();
    private final List<ToyContainer> started = new ArrayList<>();

    public Stage(Map<String, Object> more) {
        this(more, ProtocolVersion.CURRENT, ProtocolVersion.CURRENT);
    }

    /** With models that speak these versions of the protocol. */
    public Stage(Map<String, Object> more, ProtocolVersion ofTarget, ProtocolVersion ofDrafts) {
        target = new ToyTarget(ToyLanguage.identity(MODEL, 'a'), 4, ofTarget);
        remote = new ToyDraft(ToyLanguage.identity("toy-draft", 'a'), 1, ofDrafts);
        busy = new ToyDraft(ToyLanguage.identity("toy-draft", 'a'), 1, ofDrafts);
        serve("target", target);
        serve("remote", remote);
        serve("busy", busy);
        server = start(more);
    }

    private EmbeddedServer start(Map<String, Object> more) {
        try {
            return WanSpecFunctions.start(properties(more), CREDENTIALS);
        } catch (RuntimeException e) {
            closeCloud();
            throw e;
        }
    }

    private Map<String, Object> properties(Map<String, Object> more) {
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
        properties.putAll(more);
        return properties;
    }

    /** Another function before the same models: a server of its own, which the caller stops. */
    public EmbeddedServer another(Map<String, Object> more) {
        return WanSpecFunctions.start(properties(more), CREDENTIALS);
    }

    /** From now on {@code model} is behind {@code endpoint}; streams that are open stay where they are. */
    public void serve(String endpoint, ToyModel model) {
        ToyContainer container = ToyContainer.of(model);
        started.add(container);
        serving.put(endpoint, container);
        sageMaker.endpoints().put(endpoint, container.uri());
    }

    /** What the models were asked last: URIs, and custom attributes. */
    public List<String> calls() {
        return started.stream()
                .flatMap(container -> container.requests().stream())
                .toList();
    }

    /** A new version of the endpoint is in service, and the container of the old one ends. */
    public void replace(String endpoint, ToyModel model) {
        ToyContainer old = Objects.requireNonNull(serving.get(endpoint));
        serve(endpoint, model);
        old.close();
    }

    /** The container dies: its streams break, and the endpoint is out of service. */
    public void kill(String endpoint) {
        sageMaker.endpoints().outOfService(endpoint);
        Objects.requireNonNull(serving.remove(endpoint)).close();
    }

    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getPort() + path);
    }

    public HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    public HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(request(path, body), HttpResponse.BodyHandlers.ofString());
    }

    public HttpRequest request(String path, String body) {
        return HttpRequest.newBuilder(uri(path))
                .header("content-type", "application/json")
                .timeout(Duration.ofSeconds(60))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    /** Waits until every endpoint has been asked: a minute, for a busy machine. */
    public Stage ready() throws IOException, InterruptedException {
        for (int i = 0; i < 2_400 && !get("/healthz").body().contains("\"status\":\"ok\""); i++) {
            Thread.sleep(25);
        }
        return this;
    }

    @Override
    public void close() {
        server.stop();
        closeCloud();
    }

    private void closeCloud() {
        sageMaker.close();
        started.forEach(ToyContainer::close);
        client.close();
    }
}
