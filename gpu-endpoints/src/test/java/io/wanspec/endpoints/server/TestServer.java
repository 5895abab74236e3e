package io.wanspec.endpoints.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.MinimumPassTime;
import io.wanspec.endpoints.compute.SequencePool;
import io.wanspec.endpoints.compute.WaitingRoom;
import io.wanspec.endpoints.twin.HashModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A server on a free local port with a twin for a model, and clients for it. */
final class TestServer implements AutoCloseable {
    static final int SEQUENCES_MAX = 4;

    final HashModel model;
    final ModelServer server;
    private int idleMax;
    final HttpClient client = HttpClient.newHttpClient();

    TestServer(Role role, HashModel model, UnaryOperator<ServerSettings> settings) throws IOException {
        this.model = model;
        server = ModelServer.listen(settings.apply(ServerSettings.of("127.0.0.1", 0, role)));
    }

    static TestServer ready(Role role, HashModel model) throws IOException {
        return ready(role, model, settings -> settings);
    }

    static TestServer ready(Role role, HashModel model, UnaryOperator<ServerSettings> settings) throws IOException {
        TestServer server = new TestServer(role, model, settings);
        server.becomeReady();
        return server;
    }

    void becomeReady() {
        becomeReady(0);
    }

    void becomeReady(long cacheBytes) {
        becomeReady(cacheBytes, WaitingRoom.WAITING_MAX);
    }

    /** @param waitingMax most sessions that wait for a sequence */
    void becomeReady(long cacheBytes, int waitingMax) {
        idleMax = cacheBytes > 0 ? SEQUENCES_MAX : 0;
        SequencePool pool = new SequencePool(model, cacheBytes, SEQUENCES_MAX);
        server.ready(new Engine(model, pool, MinimumPassTime.none(), waitingMax));
    }

    <F> TestLink<F> link(LinkProtocol<F> protocol) {
        return new TestLink<>(client, server.port(), protocol);
    }

    HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpResponse<byte[]> post(byte[] body) throws IOException, InterruptedException {
        return client.send(request(body), HttpResponse.BodyHandlers.ofByteArray());
    }

    HttpRequest request(byte[] body) {
        return HttpRequest.newBuilder(uri("/invocations"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    Reply invoke(Invocation invocation) throws IOException, InterruptedException {
        return InvokeCodec.decodeReply(post(InvokeCodec.encode(invocation)).body());
    }

    /** Disconnected sessions give their sequences back. */
    void awaitFreed() throws InterruptedException {
        for (int i = 0; i < 3_000 && model.openSequences() > 0; i++) {
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertThat(model.openSequences()).isZero();
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
        assertThat(model.openSequences()).as("sequences left open").isLessThanOrEqualTo(idleMax);
    }
}
