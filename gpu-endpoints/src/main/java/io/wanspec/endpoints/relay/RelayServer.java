package io.wanspec.endpoints.relay;

import io.wanspec.contracts.relay.TicketSeal;
import io.wanspec.endpoints.server.ServerListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/** A relay that listens. It keeps nothing: who was joined by it joins again at its successor. */
public final class RelayServer implements AutoCloseable {
    /** How much later than its ticket's end a worker may be out. */
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final Switchboard board;
    private final Strangers strangers = new Strangers();
    private final ServerListener listener;

    private RelayServer(RelaySettings settings, TicketSeal seal) throws IOException {
        board = new Switchboard(seal);
        listener = ServerListener.open(
                settings.host(),
                settings.port(),
                new ServerListener.Bounds(settings.sockets(), settings.httpIdle(), settings.writeMax()),
                () -> new RelayRoutes(settings, seal, board, strangers));
        listener.every(SWEEP, this::sweep);
    }

    /** @throws IOException if the address cannot be bound; the message is one sentence */
    public static RelayServer listen(RelaySettings settings, TicketSeal seal) throws IOException {
        return new RelayServer(settings, seal);
    }

    public int port() {
        return listener.port();
    }

    Switchboard board() {
        return board;
    }

    Strangers strangers() {
        return strangers;
    }

    /** Workers that are there. */
    public int workers() {
        return board.workers();
    }

    /** Streams of theirs. */
    public int streams() {
        return board.streams();
    }

    /** Connections that are open. */
    public int connections() {
        return listener.connections();
    }

    private void sweep() {
        board.over(Instant.now()).forEach(over -> over.stream().dismiss(over.reason()));
    }

    /** Closes every connection. */
    @Override
    public void close() {
        listener.close();
    }
}
