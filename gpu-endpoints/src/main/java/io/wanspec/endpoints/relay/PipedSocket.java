package io.wanspec.endpoints.relay;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.timeout.IdleStateEvent;
import io.wanspec.endpoints.server.Io;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One side of a pipe. While the other side takes no more, nothing is read here, so that a peer which does not read slows down the one that
 * writes, and what lies between is bounded by what one connection may hold.
 */
abstract class PipedSocket extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final Logger LOG = LoggerFactory.getLogger(PipedSocket.class);

    private final Channel channel;
    private volatile @Nullable PipedSocket other;
    private boolean otherIsFull;
    private boolean paused;

    PipedSocket(Channel channel) {
        this.channel = channel;
    }

    final Channel channel() {
        return channel;
    }

    /** From now on both sides are one pipe. */
    final void join(PipedSocket end) {
        other = end;
        end.other = this;
    }

    final boolean isJoined() {
        return other != null;
    }

    final void send(byte[] json) {
        Io.send(channel, new TextWebSocketFrame(Unpooled.wrappedBuffer(json)));
    }

    final void end() {
        Io.sendLast(channel, new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
    }

    /** On this side's loop. */
    final void forward(WebSocketFrame message) {
        PipedSocket end = other;
        if (end != null) {
            Io.send(end.channel, new TextWebSocketFrame(message.content().retain()));
            otherIsFull = !end.channel.isWritable();
            readIfAllowed();
        }
    }

    /** On this side's loop: nothing is read until this is taken back. */
    final void pause(boolean on) {
        paused = on;
        readIfAllowed();
    }

    private void readIfAllowed() {
        channel.config().setAutoRead(!otherIsFull && !paused);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        PipedSocket source = other;
        if (source != null) {
            source.channel.eventLoop().execute(() -> {
                source.otherIsFull = !channel.isWritable();
                source.readIfAllowed();
            });
        }
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        left();
        tellOther();
        context.fireChannelInactive();
    }

    /** That this side is gone. */
    final void tellOther() {
        PipedSocket end = other;
        if (end != null) {
            end.otherLeft();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) throws Exception {
        if (event instanceof IdleStateEvent) {
            LOG.info("closing an idle stream");
            Io.close(channel);
        } else {
            super.userEventTriggered(context, event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // What was sent may be in the message of what could not be read.
        LOG.info("closing a stream: {}", cause.getClass().getSimpleName());
        failed(cause);
        Io.close(channel);
    }

    /** This side is gone. */
    abstract void left();

    /** The other side is gone. */
    abstract void otherLeft();

    /** What came cannot be read. */
    abstract void failed(Throwable cause);
}
