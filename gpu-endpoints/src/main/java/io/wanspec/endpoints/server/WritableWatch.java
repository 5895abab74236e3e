package io.wanspec.endpoints.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** Tells when a connection takes messages again, or is gone. */
final class WritableWatch extends ChannelInboundHandlerAdapter {
    private final Runnable onWritable;

    WritableWatch(Runnable onWritable) {
        this.onWritable = onWritable;
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            onWritable.run();
        }
        context.fireChannelWritabilityChanged();
    }
}
