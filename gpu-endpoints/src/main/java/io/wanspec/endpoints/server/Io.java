package io.wanspec.endpoints.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;

/** Writes whose outcome nobody waits for: a connection that fails is closed, and its session hears of that. */
public final class Io {
    private Io() {}

    public static void send(Channel channel, Object message) {
        var _ = channel.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    public static void sendLast(Channel channel, Object message) {
        var _ = channel.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
    }

    public static void close(Channel channel) {
        var _ = channel.close();
    }
}
