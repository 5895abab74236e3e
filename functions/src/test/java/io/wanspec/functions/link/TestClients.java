package io.wanspec.functions.link;

import io.wanspec.functions.settings.EndpointAddress;
import java.time.Duration;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

/** The real SDK clients before a scripted server, with one connection that all calls of a kind must share. */
record TestClients(SageMakerClients clients, EndpointAddress endpoint) implements AutoCloseable {
    static TestClients of(ScriptedServer server) {
        return of(server, SageMakerClients.IDLE_CONNECTION_KEPT);
    }

    static TestClients of(ScriptedServer server, Duration idleKept) {
        var credentials = StaticCredentialsProvider.create(AwsBasicCredentials.create("local", "local"));
        return new TestClients(
                new SageMakerClients(new PlaceAccess(credentials, null), 1, idleKept),
                new EndpointAddress("us-east-1", "target", server.uri()));
    }

    /** The SDK's network threads; while they are held, closing clients takes no time. */
    static SdkAsyncHttpClient holdThreads() {
        return NettyNioAsyncHttpClient.create();
    }

    EndpointCalls calls() {
        return new EndpointCalls(clients);
    }

    SageMakerGenerations generations() {
        return new SageMakerGenerations(endpoint, clients);
    }

    /** At an endpoint of another name in the same place, so that both share the connection. */
    SageMakerGenerations generationsAt(String name) {
        return new SageMakerGenerations(new EndpointAddress(endpoint.region(), name, endpoint.override()), clients);
    }

    @Override
    public void close() {
        clients.close();
    }
}
