package io.wanspec.emulator.wan;

import io.netty.channel.socket.SocketChannel;
import io.wanspec.emulator.net.Listener;
import io.wanspec.emulator.net.Loops;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * A running link between two regions: connect to {@link #uri} instead of the destination, and everything takes as long as
 * it would across the network. All controls may be used from any thread, at any time.
 */
public final class WanLink implements AutoCloseable {
    private final Loops loops;
    private final WanState state;
    private final InetSocketAddress destination;
    private final long seed;
    private final Set<WanConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicLong accepted = new AtomicLong();
    private final LongAdder toDestination = new LongAdder();
    private final LongAdder fromDestination = new LongAdder();
    private final Listener listener;

    private WanLink(WanSettings settings) {
        this.state = new WanState(settings);
        this.destination = new InetSocketAddress(
                settings.destination().getHost(), settings.destination().getPort());
        this.seed = settings.seed();
        this.loops = new Loops("wan", settings.threads());
        this.listener = Listener.open(loops, settings.port(), false, this::accept);
    }

    /** @throws IllegalStateException if the port is taken */
    public static WanLink open(WanSettings settings) {
        return new WanLink(settings);
    }

    /** Where to connect: {@code http://127.0.0.1:port}. */
    public URI uri() {
        return listener.uri();
    }

    public WanProfile profile() {
        return state.profile();
    }

    /** Applies to what is sent from now on; what is on its way keeps its time, and order is kept. */
    public void profile(WanProfile profile) {
        state.profile(profile);
    }

    public void setRtt(Duration rtt) {
        profile(profile().withRtt(rtt));
    }

    /**
     * Resets every connection, dropping what is on its way, and resets new ones as they come until {@link #heal}. The port
     * stays bound, so that no other process takes it: a new connection is accepted by the kernel and then reset, which a
     * client meets on its first read or write rather than in its connect.
     */
    public void cut() {
        state.cut(true);
        connections.forEach(WanConnection::reset);
    }

    /** Ends a cut. Connections that it reset stay so. */
    public void heal() {
        state.cut(false);
    }

    /**
     * A black hole: nothing is delivered and no connection completes, but nothing fails either. Up to
     * {@link WanSettings#inFlightBytesMax} are held per direction; then senders block.
     */
    public void stall() {
        state.stalled(true);
    }

    /** Ends a stall: what was held is delivered, in order. */
    public void resume() {
        state.stalled(false);
        connections.forEach(WanConnection::resume);
    }

    /** Connections whose client has not ended them, whatever the destination thinks. */
    public long open() {
        return connections.stream().filter(WanConnection::isWanted).count();
    }

    public WanCounts counts() {
        return new WanCounts(toDestination.sum(), fromDestination.sum(), accepted.get());
    }

    @Override
    public void close() {
        state.cut(true);
        connections.forEach(WanConnection::reset);
        listener.close();
        loops.close();
    }

    private void accept(SocketChannel near) {
        if (state.cut()) {
            WanConnection.resetSocket(near);
            return;
        }
        SplittableRandom random = randomOf(accepted.getAndIncrement());
        var connection = new WanConnection(
                near, destination, state, toDestination, fromDestination, random, connections::remove);
        connections.add(connection);
        connection.begin();
        // A cut between the check above and the add would otherwise have missed this connection.
        if (state.cut()) {
            connection.reset();
        }
    }

    private SplittableRandom randomOf(long connection) {
        return new SplittableRandom(seed + connection * 0x9E37_79B9_7F4A_7C15L);
    }
}
