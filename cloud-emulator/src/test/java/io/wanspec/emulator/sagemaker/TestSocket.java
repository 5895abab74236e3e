package io.wanspec.emulator.sagemaker;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.wanspec.emulator.net.Sends;
import java.util.concurrent.atomic.AtomicInteger;

/** Echoes frames, unless a text frame is one of the commands. */
final class TestSocket extends SimpleChannelInboundHandler<WebSocketFrame> {
    private final AtomicInteger open;
    private boolean counted;
    private boolean farewell;

    TestSocket(AtomicInteger open) {
        this.open = open;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof HandshakeComplete) {
            counted = true;
            open.incrementAndGet();
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        if (frame instanceof CloseWebSocketFrame) {
            if (farewell) {
                Sends.flush(ctx, new TextWebSocketFrame("farewell"));
            }
            Sends.last(ctx.channel(), new CloseWebSocketFrame(1000, ""));
            return;
        }
        String text =
                frame instanceof TextWebSocketFrame words && words.content().readableBytes() < 100 ? words.text() : "";
        switch (text) {
            case "die" -> Sends.close(ctx.channel());
            case "close 1000" -> Sends.last(ctx.channel(), new CloseWebSocketFrame(1000, ""));
            case "close 1011" -> Sends.last(ctx.channel(), new CloseWebSocketFrame(1011, "trouble"));
            case "error" ->
                Sends.flush(
                        ctx,
                        new TextWebSocketFrame(
                                "{\"ModelStreamError\": {\"ErrorCode\": \"X1\", \"Message\": \"out of memory\"}}"));
            case "farewell" -> farewell = true;
            case "deaf" -> ctx.channel().config().setAutoRead(false);
            default -> Sends.flush(ctx, frame.retain());
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (counted) {
            open.decrementAndGet();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Sends.close(ctx.channel());
    }
}
