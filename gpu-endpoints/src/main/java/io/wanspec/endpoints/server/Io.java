package io.wanspec.endpoints.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;

/** Writes whose outcome nobody waits for: a connection that fails is closed, and its session hears of that. */
final class Io {
    private Io() {}

    static void send(Channel channel, Object message) {
        var _ = channel.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    static void sendLast(Channel channel, Object message) {
        var _ = channel.writeAndFlush(message).addListener(ChannelFutureListener.CLOSE);
    }

    static void close(Channel channel) {
        var _ = channel.close();
    }
}
