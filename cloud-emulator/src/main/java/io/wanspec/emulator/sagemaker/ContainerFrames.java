package io.wanspec.emulator.sagemaker;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakeException;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.net.URI;

/** What comes from a container's WebSocket: the outcome of the handshake, frames, and how it ended. */
final class ContainerFrames extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final int HANDSHAKE_BYTES_MAX = 64 * 1024;

    /** Is told what came, on the socket's event loop. */
    interface Receiver {
        void opened();

        /** @param status the container's answer to the handshake; 0 if it gave none */
        void refused(int status, String message);

        void frame(byte[] bytes, boolean text, boolean complete);

        void ponged();

        /** @param status of RFC 6455, section 7.4; 1005 if the container gave none */
        void closed(int status);

        void lost(String why);

        void writable(boolean writable);
    }

    private final Receiver receiver;
    private boolean open;
    private boolean receivingText;

    private ContainerFrames(Receiver receiver) {
        this.receiver = receiver;
    }

    /** Fills the pipeline of a connection to {@code url}. */
    static void addTo(ChannelPipeline pipeline, URI url, SageMakerSettings settings, Receiver receiver) {
        pipeline.addLast(
                new HttpClientCodec(),
                new HttpObjectAggregator(HANDSHAKE_BYTES_MAX),
                new WebSocketClientProtocolHandler(config(url, settings)),
                new ContainerFrames(receiver));
    }

    private static WebSocketClientProtocolConfig config(URI url, SageMakerSettings settings) {
        return WebSocketClientProtocolConfig.newBuilder()
                .webSocketUri(url)
                .handshakeTimeoutMillis(settings.handshakeTimeout().toMillis())
                .maxFramePayloadLength(settings.frameBytesMax())
                .allowExtensions(false)
                // The closing handshake is the socket's: data may come between our close frame and the container's.
                .handleCloseFrames(false)
                .sendCloseFrame(null)
                .dropPongFrames(false)
                .build();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
            open = true;
            receiver.opened();
        } else if (event == ClientHandshakeStateEvent.HANDSHAKE_TIMEOUT) {
            receiver.refused(0, "The container did not accept the WebSocket in time.");
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
        switch (frame) {
            case CloseWebSocketFrame close ->
                receiver.closed(close.statusCode() < 0 ? WebSocketCloseStatus.EMPTY.code() : close.statusCode());
            case PongWebSocketFrame pong -> receiver.ponged();
            case TextWebSocketFrame text -> receive(frame, true);
            case BinaryWebSocketFrame binary -> receive(frame, false);
            case ContinuationWebSocketFrame more -> receive(frame, receivingText);
            default -> {}
        }
    }

    private void receive(WebSocketFrame frame, boolean text) {
        receivingText = text;
        receiver.frame(ByteBufUtil.getBytes(frame.content()), text, frame.isFinalFragment());
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        receiver.writable(ctx.channel().isWritable());
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (open) {
            receiver.lost("The container closed the connection.");
        } else {
            receiver.refused(0, "The container closed the connection in the WebSocket handshake.");
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (cause instanceof WebSocketClientHandshakeException handshake) {
            var answer = handshake.response();
            receiver.refused(answer == null ? 0 : answer.status().code(), "The container refused the WebSocket.");
        } else {
            receiver.lost("The connection to the container failed: " + cause.getMessage());
        }
    }
}
