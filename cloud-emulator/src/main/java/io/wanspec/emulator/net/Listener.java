package io.wanspec.emulator.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.Consumer;

/** A listening socket on the loopback address and the connections that it accepted. */
public final class Listener implements AutoCloseable {
    private static final String LOOPBACK = "127.0.0.1";
    private static final int BACKLOG = 1024;

    private final Channel server;
    private final ChannelGroup accepted;

    private Listener(Channel server, ChannelGroup accepted) {
        this.server = server;
        this.accepted = accepted;
    }

    /**
     * Binds and starts to accept.
     *
     * @param port TCP port, 0 for a free one
     * @param onAccept fills the pipeline of an accepted connection, on that connection's event loop
     * @throws IllegalStateException if the port is taken
     */
    public static Listener open(Loops loops, int port, Consumer<SocketChannel> onAccept) {
        return open(loops, port, true, onAccept);
    }

    /**
     * @param autoRead false if {@code onAccept} decides when reading starts
     * @see #open(Loops, int, Consumer)
     */
    public static Listener open(Loops loops, int port, boolean autoRead, Consumer<SocketChannel> onAccept) {
        ChannelGroup accepted = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(loops.group())
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(ChannelOption.AUTO_READ, autoRead)
                // A proxy must still answer a peer that has only closed its sending half.
                .childOption(ChannelOption.ALLOW_HALF_CLOSURE, !autoRead)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        accepted.add(channel);
                        onAccept.accept(channel);
                    }
                });
        var bound = bootstrap.bind(LOOPBACK, port).awaitUninterruptibly();
        if (!bound.isSuccess()) {
            throw new IllegalStateException("could not listen on " + LOOPBACK + ":" + port, bound.cause());
        }
        return new Listener(bound.channel(), accepted);
    }

    public int port() {
        return ((InetSocketAddress) server.localAddress()).getPort();
    }

    /** {@code http://127.0.0.1:port}. */
    public URI uri() {
        return URI.create("http://" + LOOPBACK + ":" + port());
    }

    /** Closes the socket and every accepted connection; returns when they are closed. */
    @Override
    public void close() {
        server.close().awaitUninterruptibly();
        accepted.close().awaitUninterruptibly();
    }
}
