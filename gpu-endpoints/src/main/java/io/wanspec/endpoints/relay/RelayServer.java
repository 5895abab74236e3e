package io.wanspec.endpoints.relay;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.handler.timeout.WriteTimeoutHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import io.wanspec.contracts.relay.TicketSeal;
import io.wanspec.endpoints.server.BodyLimit;
import io.wanspec.endpoints.server.ConnectionLimit;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** A relay that listens. It keeps nothing: who was joined by it joins again at its successor. */
public final class RelayServer implements AutoCloseable {
    private static final int BACKLOG = 128;

    /** How much later than its ticket's end a worker may be out. */
    private static final int SWEEP_SECONDS = 1;

    private final Switchboard board;
    private final Strangers strangers = new Strangers();
    private final EventLoopGroup loops;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listening;

    private RelayServer(RelaySettings settings, TicketSeal seal) throws IOException {
        board = new Switchboard(seal);
        loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        ChannelFuture bound =
                bootstrap(settings, seal).bind(settings.host(), settings.port()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stopLoops();
            throw new IOException(
                    "cannot listen on " + settings.host() + ":" + settings.port() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listening = bound.channel();
        var _ = loops.scheduleAtFixedRate(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /** @throws IOException if the address cannot be bound; the message is one sentence */
    public static RelayServer listen(RelaySettings settings, TicketSeal seal) throws IOException {
        return new RelayServer(settings, seal);
    }

    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
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
        return channels.size();
    }

    private void sweep() {
        board.over(Instant.now()).forEach(over -> over.stream().dismiss(over.reason()));
    }

    private ServerBootstrap bootstrap(RelaySettings settings, TicketSeal seal) {
        ConnectionLimit limit = new ConnectionLimit(settings.sockets());
        return new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        channels.add(channel);
                        ChannelPipeline pipeline = channel.pipeline();
                        pipeline.addLast(limit);
                        pipeline.addLast(
                                new WriteTimeoutHandler(settings.writeMax().toMillis(), TimeUnit.MILLISECONDS));
                        pipeline.addLast(
                                RelayRoutes.IDLE,
                                new IdleStateHandler(settings.httpIdle().toMillis(), 0, 0, TimeUnit.MILLISECONDS));
                        pipeline.addLast(new HttpServerCodec());
                        pipeline.addLast(new BodyLimit());
                        pipeline.addLast(new RelayRoutes(settings, seal, board, strangers));
                    }
                });
    }

    /** Closes every connection. */
    @Override
    public void close() {
        if (listening.isOpen()) {
            listening.close().awaitUninterruptibly();
            channels.close().awaitUninterruptibly();
            stopLoops();
        }
    }

    private void stopLoops() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
