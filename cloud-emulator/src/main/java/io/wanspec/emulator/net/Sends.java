package io.wanspec.emulator.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.SocketChannel;
import java.util.concurrent.TimeUnit;

/**
 * Writes whose outcome matters only if it is a failure: a failed write closes the channel, and the channel's end is what
 * the rest of the code listens to.
 */
public final class Sends {
    private static final int LINGER_SECONDS = 2;

    private Sends() {}

    public static void flush(Channel channel, Object message) {
        closeOnFailure(channel.writeAndFlush(message));
    }

    public static void flush(ChannelHandlerContext ctx, Object message) {
        closeOnFailure(ctx.writeAndFlush(message));
    }

    public static void write(Channel channel, Object message) {
        closeOnFailure(channel.write(message));
    }

    /** Writes, and closes the channel when the bytes have left. */
    public static void last(Channel channel, Object message) {
        whenDone(channel.writeAndFlush(message), ChannelFutureListener.CLOSE);
    }

    /**
     * Ends what is sent, and goes on reading for a while: closing on a client that still writes would reset the connection,
     * and it would never read the answer.
     */
    static void lastLingering(Channel channel) {
        if (channel instanceof SocketChannel socket) {
            whenDone(socket.shutdownOutput(), future -> {});
        }
        var _ = channel.eventLoop().schedule(() -> close(channel), LINGER_SECONDS, TimeUnit.SECONDS);
    }

    public static void close(Channel channel) {
        whenDone(channel.close(), future -> {});
    }

    private static void closeOnFailure(ChannelFuture future) {
        whenDone(future, ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    private static void whenDone(ChannelFuture future, ChannelFutureListener listener) {
        future.addListener(listener);
    }
}
