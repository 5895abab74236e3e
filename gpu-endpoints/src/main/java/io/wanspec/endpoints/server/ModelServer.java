package io.wanspec.endpoints.server;

import io.wanspec.endpoints.compute.Engine;
import java.io.IOException;

/** The listening server. It answers from the start; {@link #ready} gives it its model. */
public final class ModelServer implements AutoCloseable {
    private final Service service;
    private final ServerListener listener;

    private ModelServer(ServerSettings settings) throws IOException {
        service = new Service(settings);
        try {
            listener = ServerListener.open(
                    settings.host(),
                    settings.port(),
                    new ServerListener.Bounds(settings.sockets(), settings.httpIdle(), settings.writeMax()),
                    () -> new HttpHandler(service));
        } catch (IOException e) {
            service.close();
            throw e;
        }
        listener.every(settings.callIdle().dividedBy(2), () -> service.links().expire(System.nanoTime()));
    }

    /** @throws IOException if the address cannot be bound; the message is one sentence */
    public static ModelServer listen(ServerSettings settings) throws IOException {
        return new ModelServer(settings);
    }

    /** The port that is listened on. */
    public int port() {
        return listener.port();
    }

    /** From now on {@code /ping} answers 200. */
    public void ready(Engine engine) {
        service.ready(engine);
    }

    /** Closes every connection, lets the running pass end, and frees what sessions held; the model stays open. */
    @Override
    public void close() {
        if (listener.isOpen()) {
            listener.close();
            service.close();
        }
    }
}
