package io.wanspec.functions.link;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The real clients before a scripted server, with one connection for whoever calls. */
abstract class OneConnection {
    /** An endpoint that never answers. */
    static final String SILENT = "silent";

    ScriptedServer server;
    TestClients clients;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer(this::serve);
        clients = TestClients.of(server);
    }

    @AfterEach
    void stop() throws IOException {
        clients.close();
        server.close();
    }

    /** What the server does with its connection. */
    abstract void serve(ScriptedServer.Connection connection) throws IOException;

    /** Whether a request is for this endpoint. */
    static boolean isFor(String endpoint, String path) {
        return path.contains("/" + endpoint + "/");
    }

    static void spin(long nanos) {
        long until = System.nanoTime() + nanos;
        while (System.nanoTime() < until) {
            Thread.onSpinWait();
        }
    }
}
