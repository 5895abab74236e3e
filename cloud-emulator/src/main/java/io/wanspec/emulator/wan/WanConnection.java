package io.wanspec.emulator.wan;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.wanspec.emulator.net.Sends;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One connection across the link: the accepted socket, the socket to the destination, and a line each way. It lives on the
 * event loop of the accepted socket.
 */
final class WanConnection {
    private static final int CONNECT_TIMEOUT_MS = 5_000;

    private final SocketChannel near;
    private final InetSocketAddress destination;
    private final WanState wan;
    private final LongAdder toDestination;
    private final LongAdder fromDestination;
    private final SplittableRandom random;
    private final Consumer<WanConnection> gone;
    private @Nullable SocketChannel far;
    private @Nullable DelayLine outward;
    private @Nullable DelayLine homeward;
    private boolean handshakeDone;

    WanConnection(
            SocketChannel near,
            InetSocketAddress destination,
            WanState wan,
            LongAdder toDestination,
            LongAdder fromDestination,
            SplittableRandom random,
            Consumer<WanConnection> gone) {
        this.near = near;
        this.destination = destination;
        this.wan = wan;
        this.toDestination = toDestination;
        this.fromDestination = fromDestination;
        this.random = random;
        this.gone = gone;
    }

    /** Waits the handshake's round trip, then connects; only then is the near side read. */
    void begin() {
        near.pipeline().addLast(new WanSide(() -> outward, () -> homeward));
        WanProfile profile = wan.profile();
        long wait =
                profile.rtt().toNanos() + WanState.jitterNanos(profile, random) + WanState.jitterNanos(profile, random);
        near.closeFuture().addListener(future -> checkGone());
        var _ = near.eventLoop().schedule(this::handshakeDone, wait, TimeUnit.NANOSECONDS);
    }

    private void handshakeDone() {
        handshakeDone = true;
        if (!wan.stalled()) {
            connect();
        }
    }

    /** A stall has ended; runs on any thread. */
    void resume() {
        near.eventLoop().execute(() -> {
            if (handshakeDone && far == null) {
                connect();
            }
            flow(outward);
            flow(homeward);
        });
    }

    /** Whether whoever opened it may still send. */
    boolean isWanted() {
        return near.isOpen() && !near.isInputShutdown();
    }

    /** Resets both sides at once and drops what is on its way; runs on any thread. */
    void reset() {
        near.eventLoop().execute(() -> {
            resetSocket(near);
            SocketChannel other = far;
            if (other != null) {
                resetSocket(other);
            }
            drop();
        });
    }

    /** Closing with no time to linger sends a reset. */
    static void resetSocket(SocketChannel channel) {
        if (channel.isOpen()) {
            channel.config().setSoLinger(0);
            Sends.close(channel);
        }
    }

    private void connect() {
        if (!near.isActive() || wan.cut()) {
            resetSocket(near);
            return;
        }
        ChannelFuture connecting = new Bootstrap()
                .group(near.eventLoop())
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.AUTO_READ, false)
                .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                .handler(new WanSide(() -> homeward, () -> outward))
                .connect(destination);
        SocketChannel socket = (SocketChannel) connecting.channel();
        far = socket;
        socket.closeFuture().addListener(future -> checkGone());
        connecting.addListener(future -> {
            if (future.isSuccess() && near.isActive()) {
                open(socket);
            } else {
                resetSocket(near);
                resetSocket(socket);
            }
        });
    }

    private void open(SocketChannel socket) {
        outward = new DelayLine(near, socket, wan, toDestination, random.split());
        homeward = new DelayLine(socket, near, wan, fromDestination, random.split());
        near.config().setAutoRead(true);
        socket.config().setAutoRead(true);
    }

    private void checkGone() {
        SocketChannel other = far;
        if (!near.isOpen() && (other == null || !other.isOpen())) {
            drop();
            gone.accept(this);
        }
    }

    private void drop() {
        closeLine(outward);
        closeLine(homeward);
    }

    private static void flow(@Nullable DelayLine line) {
        if (line != null) {
            line.flow();
        }
    }

    private static void closeLine(@Nullable DelayLine line) {
        if (line != null) {
            line.close();
        }
    }
}
