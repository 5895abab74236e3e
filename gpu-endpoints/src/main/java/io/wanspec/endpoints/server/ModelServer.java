package io.wanspec.endpoints.server;

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
import io.wanspec.endpoints.compute.Engine;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;

/** The listening server. It answers from the start; {@link #ready} gives it its model. */
public final class ModelServer implements AutoCloseable {
    private static final int BACKLOG = 128;

    private final Service service;
    private final EventLoopGroup loops;
    private final ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listening;

    private ModelServer(ServerSettings settings) throws IOException {
        service = new Service(settings);
        loops = new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
        ChannelFuture bound =
                bootstrap(settings).bind(settings.host(), settings.port()).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            stopLoops();
            service.close();
            throw new IOException(
                    "cannot listen on " + settings.host() + ":" + settings.port() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        listening = bound.channel();
        long periodMillis = Math.max(1, settings.callIdle().toMillis() / 2);
        var _ = loops.scheduleAtFixedRate(
                () -> service.links().expire(System.nanoTime()), periodMillis, periodMillis, TimeUnit.MILLISECONDS);
    }

    /** @throws IOException if the address cannot be bound; the message is one sentence */
    public static ModelServer listen(ServerSettings settings) throws IOException {
        return new ModelServer(settings);
    }

    /** The port that is listened on. */
    public int port() {
        return ((InetSocketAddress) listening.localAddress()).getPort();
    }

    /** From now on {@code /ping} answers 200. */
    public void ready(Engine engine) {
        service.ready(engine);
    }

    private ServerBootstrap bootstrap(ServerSettings settings) {
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
                                HttpHandler.IDLE,
                                new IdleStateHandler(settings.httpIdle().toMillis(), 0, 0, TimeUnit.MILLISECONDS));
                        pipeline.addLast(new HttpServerCodec());
                        pipeline.addLast(new BodyLimit());
                        pipeline.addLast(new HttpHandler(service));
                    }
                });
    }

    /** Closes every connection, lets the running pass end, and frees what sessions held; the model stays open. */
    @Override
    public void close() {
        if (!listening.isOpen()) {
            return;
        }
        listening.close().awaitUninterruptibly();
        channels.close().awaitUninterruptibly();
        stopLoops();
        service.close();
    }

    private void stopLoops() {
        loops.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
