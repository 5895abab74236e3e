package io.wanspec.emulator.wan;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.wanspec.emulator.net.Sends;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads one socket into the line that leads away from it; what the line towards it waits for is its writability. */
final class WanSide extends ChannelInboundHandlerAdapter {
    private final Supplier<@Nullable DelayLine> away;
    private final Supplier<@Nullable DelayLine> towards;

    /** Both lines are null until the far side is connected. */
    WanSide(Supplier<@Nullable DelayLine> away, Supplier<@Nullable DelayLine> towards) {
        this.away = away;
        this.towards = towards;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        take((ByteBuf) message, DelayLine.End.NONE);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ChannelInputShutdownEvent.INSTANCE) {
            take(Unpooled.EMPTY_BUFFER, DelayLine.End.HALF);
            if (((SocketChannel) ctx.channel()).isOutputShutdown()) {
                Sends.close(ctx.channel());
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        take(Unpooled.EMPTY_BUFFER, DelayLine.End.WHOLE);
        DelayLine line = towards.get();
        if (line != null) {
            line.close();
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        DelayLine line = towards.get();
        if (line != null && ctx.channel().isWritable()) {
            line.flow();
        }
    }

    /** A reset ends in {@link #channelInactive}; there is nothing more to say about it. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Sends.close(ctx.channel());
    }

    private void take(ByteBuf bytes, DelayLine.End end) {
        DelayLine line = away.get();
        if (line == null) {
            bytes.release();
        } else {
            line.take(bytes, end);
        }
    }
}
