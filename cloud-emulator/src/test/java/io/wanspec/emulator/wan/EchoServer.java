package io.wanspec.emulator.wan;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.wanspec.emulator.net.Listener;
import io.wanspec.emulator.net.Loops;
import io.wanspec.emulator.net.Sends;
import java.net.URI;

/** Sends back what it receives, and closes its half when the other is closed. */
final class EchoServer implements AutoCloseable {
    private final Loops loops = new Loops("echo", 1);
    private final Listener listener = Listener.open(loops, 0, EchoServer::serve);

    URI uri() {
        return listener.uri();
    }

    private static void serve(SocketChannel channel) {
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void channelRead(ChannelHandlerContext ctx, Object message) {
                Sends.flush(ctx, message);
                ctx.channel().config().setAutoRead(ctx.channel().isWritable());
            }

            @Override
            public void channelWritabilityChanged(ChannelHandlerContext ctx) {
                ctx.channel().config().setAutoRead(ctx.channel().isWritable());
            }

            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                if (event == ChannelInputShutdownEvent.INSTANCE) {
                    Sends.last(ctx.channel(), Unpooled.EMPTY_BUFFER);
                }
            }

            @Override
            public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
                Sends.close(ctx.channel());
            }
        });
    }

    @Override
    public void close() {
        listener.close();
        loops.close();
    }
}
