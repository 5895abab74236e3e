package io.wanspec.endpoints.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.wanspec.endpoints.compute.Outbound;

/** Frames to a WebSocket, one text message each. */
record SocketOutbound<F>(Channel channel, LinkProtocol<F> protocol) implements Outbound<F> {
    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void send(F frame) {
        Io.send(channel, new TextWebSocketFrame(Unpooled.wrappedBuffer(protocol.encode(frame))));
    }

    @Override
    public void close() {
        Io.sendLast(channel, new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
    }
}
