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
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.http.ConnectionLimits;
import io.wanspec.contracts.http.EdgeError;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Serves one HTTP/1.1 connection, one exchange at a time. The connection stays readable while an answer streams, because
 * only reading shows that the client has left; requests that are pipelined meanwhile wait, a few small ones. Beyond that they are
 * dropped and the connection is closed after the answers, which HTTP allows and clients repeat elsewhere.
 */
public final class HttpServing extends ChannelInboundHandlerAdapter {
    /** Method, blanks and version beside the URI. */
    private static final int REQUEST_LINE_BYTES_MAX = Limits.HTTP_URI_BYTES_MAX + 32;

    private static final int CHUNK_BYTES_MAX = 64 * 1024;
    private static final int PIPELINED_MAX = 8;
    private static final int PIPELINED_BYTES_MAX = 1024 * 1024;

    private final Exchanges exchanges;
    private final Deque<Object> waiting = new ArrayDeque<>();
    private int waitingBytes;
    private @Nullable Exchange current;
    private boolean busy;
    private boolean starting;
    private boolean closeAfter;
    private boolean unreadable;

    private HttpServing(Exchanges exchanges) {
        this.exchanges = exchanges;
    }

    /**
     * Adds the handlers of an HTTP/1.1 server.
     *
     * @param headerBytesMax all headers of a request together
     * @param bodyBytesMax largest request body in bytes
     */
    public static void addTo(ChannelPipeline pipeline, int headerBytesMax, int bodyBytesMax, Exchanges exchanges) {
        pipeline.addLast(codec(headerBytesMax), new BodyCollector(bodyBytesMax), new HttpServing(exchanges));
    }

    /**
     * The same for clients that are not trusted to be quick or few.
     *
     * @param limits how long a request may take to come
     */
    public static void addTo(
            ChannelPipeline pipeline,
            int headerBytesMax,
            int bodyBytesMax,
            ConnectionLimits limits,
            Exchanges exchanges) {
        pipeline.addLast(codec(headerBytesMax));
        ArrivalWatch.addTo(pipeline, limits);
        pipeline.addLast(new BodyCollector(bodyBytesMax), new HttpServing(exchanges));
    }

    /** Of a connection that is one too many: whatever is asked on it is answered so, and then it ends. */
    public static void refuse(ChannelPipeline pipeline, int headerBytesMax, EdgeError why, Exchanges exchanges) {
        pipeline.addLast(codec(headerBytesMax), new HttpServing(exchanges));
        pipeline.fireChannelRead(new BodyCollector.Refused(why, null, true));
    }

    private static HttpServerCodec codec(int headerBytesMax) {
        return new HttpServerCodec(REQUEST_LINE_BYTES_MAX, headerBytesMax, CHUNK_BYTES_MAX);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (closeAfter) {
            ReferenceCountUtil.release(message);
        } else if (!busy) {
            serve(ctx, message);
        } else if (waiting.size() < PIPELINED_MAX && waitingBytes + bytes(message) <= PIPELINED_BYTES_MAX) {
            waitingBytes += bytes(message);
            waiting.add(message);
        } else {
            closeAfter = true;
            ReferenceCountUtil.release(message);
        }
    }

    private void serve(ChannelHandlerContext ctx, Object message) {
        busy = true;
        starting = true;
        if (message instanceof FullHttpRequest request) {
            if (!HttpUtil.isKeepAlive(request)) {
                closeAfter = true;
                drop();
            }
            Exchange opened = exchanges.open(request, new Responder(ctx.channel(), request, () -> finished(ctx)));
            // The answer may be complete already.
            current = busy ? opened : null;
        } else if (message instanceof BodyCollector.Refused(var why, var head, var last)) {
            unreadable = last;
            closeAfter |= last;
            exchanges.refused(why, head, responder(ctx, last ? null : head));
        }
        starting = false;
        next(ctx);
    }

    private Responder responder(ChannelHandlerContext ctx, @Nullable HttpRequest head) {
        return head == null
                ? Responder.last(ctx.channel(), () -> finished(ctx))
                : new Responder(ctx.channel(), head, () -> finished(ctx));
    }

    private void finished(ChannelHandlerContext ctx) {
        busy = false;
        current = null;
        next(ctx);
    }

    /** Not while a request is being started: its answer may come at once, and then this would call itself. */
    private void next(ChannelHandlerContext ctx) {
        if (busy || starting) {
            return;
        }
        Object message = waiting.poll();
        if (message != null) {
            waitingBytes -= bytes(message);
            serve(ctx, message);
        } else if (closeAfter && !unreadable) {
            Sends.last(ctx.channel(), Unpooled.EMPTY_BUFFER);
        }
    }

    private void drop() {
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
        waitingBytes = 0;
    }

    private static int bytes(Object message) {
        return message instanceof FullHttpRequest request ? request.content().readableBytes() : 0;
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
    public void handlerRemoved(ChannelHandlerContext ctx) {
        drop();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Sends.close(ctx.channel());
    }
}
