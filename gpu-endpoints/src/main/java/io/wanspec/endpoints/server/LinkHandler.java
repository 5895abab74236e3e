package io.wanspec.endpoints.server;

import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.timeout.IdleStateEvent;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.frame.FrameException;
import io.wanspec.contracts.frame.RefusalCode;
import io.wanspec.endpoints.compute.Engine;
import io.wanspec.endpoints.compute.LinkSession;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A duplex stream: whole messages in, one session behind it. */
final class LinkHandler<F> extends SimpleChannelInboundHandler<WebSocketFrame> {
    private static final Logger LOG = LoggerFactory.getLogger(LinkHandler.class);

    private final LinkProtocol<F> protocol;
    private final Service service;
    private final Engine engine;
    private @Nullable LinkSession<F> session;
    private @Nullable SocketOutbound<F> out;

    LinkHandler(LinkProtocol<F> protocol, Service service, Engine engine) {
        this.protocol = protocol;
        this.service = service;
        this.engine = engine;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete) {
            SocketOutbound<F> socket = new SocketOutbound<>(context.channel(), protocol);
            out = socket;
            session = protocol.open(engine, service.compute(), socket);
            endInTime(context, socket);
        } else if (event instanceof IdleStateEvent) {
            LOG.info("closing an idle stream");
            Io.close(context.channel());
        }
    }

    /** An orderly end, before the platform cuts the connection. */
    private void endInTime(ChannelHandlerContext context, SocketOutbound<F> socket) {
        var due = context.executor()
                .schedule(
                        () -> {
                            leave();
                            socket.close();
                        },
                        service.settings().linkLife().toMillis(),
                        TimeUnit.MILLISECONDS);
        var _ = context.channel().closeFuture().addListener(closed -> due.cancel(false));
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame message) {
        if (session == null) {
            return;
        }
        try {
            F frame = protocol.decode(ByteBufUtil.getBytes(message.content()));
            if (!session.receive(frame)) {
                refuse(RefusalCode.OVERLOADED, "the server has too much queued; try again or use another one");
            }
        } catch (FrameException e) {
            refuse(RefusalCode.BAD_FRAME, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (session != null && context.channel().isWritable()) {
            session.wake();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        leave();
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (cause instanceof TooLongFrameException) {
            refuse(RefusalCode.BAD_FRAME, "frame exceeds " + Limits.FRAME_BYTES_MAX + " bytes; shorten the prefix");
        } else {
            LOG.info("closing a stream: {}", cause.toString());
            Io.close(context.channel());
        }
    }

    private void refuse(RefusalCode code, String reason) {
        leave();
        if (out != null) {
            out.send(protocol.refusal(code, reason));
            out.close();
        }
    }

    private void leave() {
        if (session != null) {
            session.disconnect();
            session = null;
        }
    }
}
