package io.wanspec.emulator.net;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Serves one HTTP/1.1 connection, one exchange at a time. The connection stays readable while an answer streams, because
 * only reading shows that the client has left; a request that is pipelined meanwhile is dropped and the connection closed
 * after the answer, which HTTP allows and clients repeat elsewhere.
 */
public final class HttpServing extends ChannelInboundHandlerAdapter {
    private final Exchanges exchanges;
    private @Nullable Exchange current;
    private boolean busy;
    private boolean closeAfter;

    private HttpServing(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    /**
     * Adds the handlers of an HTTP/1.1 server.
     *
     * @param bodyBytesMax largest request body in bytes
     */
    public static void addTo(ChannelPipeline pipeline, int bodyBytesMax, Exchanges exchanges) {
        pipeline.addLast(
                new HttpServerCodec(8192, 32 * 1024, 64 * 1024),
                new BodyCollector(bodyBytesMax),
                new HttpServing(exchanges));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (busy) {
            closeAfter = true;
            ReferenceCountUtil.release(message);
            return;
        }
        busy = true;
        if (message instanceof FullHttpRequest request) {
            Exchange opened = exchanges.open(request, responder(ctx, request));
            // The answer may be complete already.
            current = busy ? opened : null;
        } else if (message instanceof BodyCollector.Oversized oversized) {
            exchanges.oversized(oversized.head(), responder(ctx, oversized.head()));
        }
    }

    private Responder responder(ChannelHandlerContext ctx, HttpRequest request) {
        return new Responder(ctx.channel(), HttpUtil.isKeepAlive(request), () -> finished(ctx));
    }

    private void finished(ChannelHandlerContext ctx) {
        busy = false;
        current = null;
        if (closeAfter) {
            Sends.last(ctx.channel(), Unpooled.EMPTY_BUFFER);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        Exchange exchange = current;
        if (exchange != null) {
            exchange.writable(ctx.channel().isWritable());
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        Exchange exchange = current;
        current = null;
        if (exchange != null) {
            exchange.cancelled();
        }
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Sends.close(ctx.channel());
    }
}
