package io.wanspec.functions.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.server.netty.NettyHttpRequest;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;

/** The connection that a request came on. */
final class ClientConnection {
    private ClientConnection() {}

    /** Calls back once if the connection closes before the returned watch is ended. */
    static Watch watch(HttpRequest<?> request, Runnable onClose) {
        if (!(request instanceof NettyHttpRequest<?> netty)) {
            return () -> {};
        }
        ChannelFuture closed = netty.getChannelHandlerContext().channel().closeFuture();
        ChannelFutureListener listener = future -> onClose.run();
        closed.addListener(listener);
        return () -> closed.removeListener(listener);
    }

    /** Ends watching. */
    interface Watch extends AutoCloseable {
        @Override
        void close();
    }
}
