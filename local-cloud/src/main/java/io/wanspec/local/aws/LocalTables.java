package io.wanspec.local.aws;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBRequestHandler;
import software.amazon.dynamodb.services.local.server.LocalDynamoDBServerHandler;

/**
 * DynamoDB Local, in memory, one database for all credentials and regions ({@code -inMemory -sharedDb}), without telemetry.
 *
 * <p>It is put together here rather than by its own {@code ServerRunner}, because that one listens on every interface.
 * Source: DynamoDB Developer Guide, "DynamoDB local usage notes".
 */
public final class LocalTables implements AutoCloseable {
    private final Server server;
    private final LocalDynamoDBServerHandler handler;
    private final URI endpoint;

    private LocalTables(Server server, LocalDynamoDBServerHandler handler, URI endpoint) {
        this.server = server;
        this.handler = handler;
        this.endpoint = endpoint;
    }

    /**
     * Starts with no tables; takes about 3 s the first time in a JVM.
     *
     * @param port TCP port, 0 for a free one
     * @throws IllegalStateException if it could not be started, for one because the port is taken
     */
    public static LocalTables start(int port) {
        Logger.getLogger("com.almworks.sqlite4java").setLevel(Level.OFF);
        Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        try {
            var requests = new LocalDynamoDBRequestHandler(port, true, null, true, false);
            var handler = new LocalDynamoDBServerHandler(requests, null);
            server.setHandler(new ContextHandlerCollection(new ContextHandler(handler, "/")));
            server.start();
            int bound = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
            return new LocalTables(server, handler, URI.create("http://127.0.0.1:" + bound));
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local did not start on port " + port, e);
        }
    }

    /** The endpoint override for DynamoDB clients. */
    public URI endpoint() {
        return endpoint;
    }

    /** Stops the server and forgets every table. */
    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("DynamoDB Local did not stop", e);
        } finally {
            handler.close();
        }
    }
}
