package io.wanspec.endpoints.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
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
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Listens for HTTP, within bounds; whole requests are its user's to answer. */
public final class ServerListener implements AutoCloseable {
    /** The handler that tells of connections without a request; streams have one of their own in its place. */
    public static final String IDLE = "idle";

    private static final int BACKLOG = 128;

    private final EventLoopGroup loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listening;

    /**
     * What connections may take.
     *
     * @param sockets most connections at a time
     * @param httpIdle after which one without a request is told of as idle
     * @param writeMax longest time that a peer may take to accept what was sent to it
     */
    public record Bounds(int sockets, Duration httpIdle, Duration writeMax) {}

    private ServerListener(String host, int port, Bounds bounds, Supplier<ChannelHandler> routes) throws IOException {
        ChannelFuture bound = bootstrap(bounds, routes).bind(host, port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stopLoops();
            throw new IOException(
                    "cannot listen on " + host + ":" + port + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listening = bound.channel();
    }

    /**
     * @param port to bind; 0 for any free one
     * @param routes makes the handler of each connection's requests
     * @throws IOException if the address cannot be bound; the message is one sentence
     */
    public static ServerListener open(String host, int port, Bounds bounds, Supplier<ChannelHandler> routes)
            throws IOException {
        return new ServerListener(host, port, bounds, routes);
    }

    /** The port that is listened on. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** Connections that are open. */
    public int connections() {
        return channels.size();
    }

    public boolean isOpen() {
        return listening.isOpen();
    }

    /** On one of the threads that serve. */
    public void every(Duration period, Runnable work) {
        long millis = Math.max(1, period.toMillis());
        var _ = loops.scheduleAtFixedRate(work, millis, millis, TimeUnit.MILLISECONDS);
    }

    private ServerBootstrap bootstrap(Bounds bounds, Supplier<ChannelHandler> routes) {
        ConnectionLimit limit = new ConnectionLimit(bounds.sockets());
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
                                new WriteTimeoutHandler(bounds.writeMax().toMillis(), TimeUnit.MILLISECONDS));
                        pipeline.addLast(
                                IDLE, new IdleStateHandler(bounds.httpIdle().toMillis(), 0, 0, TimeUnit.MILLISECONDS));
                        pipeline.addLast(new HttpServerCodec());
                        pipeline.addLast(new BodyLimit());
                        pipeline.addLast(routes.get());
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
