package io.wanspec.endpoints.relay;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.wanspec.contracts.relay.RelayCodec;
import io.wanspec.endpoints.server.Io;

/**
 * Ends the connection of who says more than a first frame takes, whole or in parts, before the relay knows whose it is. It stands before
 * whatever would keep the parts, and goes when that is known.
 */
final class StrangerBytes extends ChannelInboundHandlerAdapter {
    /** A first frame, and the frames of the connection itself, pings among them. */
    private static final int MAX = RelayCodec.BYTES_MAX + 4_096;

    private int read;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof ByteBuf bytes) {
            read = Math.min(MAX, read) + bytes.readableBytes();
        }
        if (read > MAX) {
            ReferenceCountUtil.release(message);
            Io.close(context.channel());
        } else {
            context.fireChannelRead(message);
        }
    }
}
