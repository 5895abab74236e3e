package io.wanspec.emulator.toy;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.wanspec.emulator.net.Sends;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** One duplex stream: a frame is a text message; the model takes them one after the other on a thread of the stream's. */
final class ToyStream extends SimpleChannelInboundHandler<WebSocketFrame> {
    private final ToyModel model;
    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private ToyModel.@Nullable Duplex duplex;

    ToyStream(ToyModel model) {
        this.model = model;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof HandshakeComplete) {
            duplex = model.open(
                    frame -> ToyContainer.send(ctx.channel(), new TextWebSocketFrame(Unpooled.wrappedBuffer(frame))));
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame message) {
        ToyModel.Duplex open = duplex;
        if (open != null) {
            byte[] frame = ByteBufUtil.getBytes(message.content());
            thread.execute(() -> open.take(frame));
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        ToyModel.Duplex open = duplex;
        if (open != null) {
            open.closed();
        }
        thread.shutdownNow();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Sends.close(ctx.channel());
    }
}
