package io.wanspec.emulator.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.wanspec.contracts.http.EdgeError;
import org.jspecify.annotations.Nullable;

/**
 * Collects a request's body up to a limit. A longer body is read to its end and thrown away, and {@link Refused} is passed
 * on instead: a client that is still writing would otherwise see a reset and never read why.
 */
final class BodyCollector extends ChannelInboundHandlerAdapter {
    /** After this many times the limit the connection is closed, answered or not. */
    private static final int DISCARD_FACTOR = 8;

    /**
     * A request that cannot be served.
     *
     * @param head absent if it could not be read
     * @param last whether nothing behind it on the connection can be read
     */
    record Refused(EdgeError why, @Nullable HttpRequest head, boolean last) {}

    private final int bytesMax;
    private @Nullable HttpRequest head;
    private CompositeByteBuf body = Unpooled.compositeBuffer(0x4000);
    private long seenBytes;

    BodyCollector(int bytesMax) {
        this.bytesMax = bytesMax;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Refused) {
            head = null;
            dropBody();
            ctx.fireChannelRead(message);
            return;
        }
        if (((HttpObject) message).decoderResult().isFailure()) {
            EdgeError why = why(((HttpObject) message).decoderResult().cause());
            ReferenceCountUtil.release(message);
            head = null;
            dropBody();
            ctx.fireChannelRead(new Refused(why, null, true));
            return;
        }
        if (message instanceof HttpRequest request) {
            begin(ctx, request);
        }
        if (message instanceof HttpContent content) {
            collect(ctx, content);
        }
    }

    private void begin(ChannelHandlerContext ctx, HttpRequest request) {
        head = request;
        seenBytes = 0;
        if (HttpUtil.is100ContinueExpected(request)) {
            // An announced length over the limit is refused before the client sends it. Whether it does so all the same
            // nobody knows.
            if (HttpUtil.getContentLength(request, 0L) > bytesMax) {
                refuse(ctx, request, true);
            } else {
                Sends.flush(ctx, empty(HttpResponseStatus.CONTINUE));
            }
        }
    }

    private void collect(ChannelHandlerContext ctx, HttpContent content) {
        HttpRequest current = head;
        if (current == null) {
            content.release();
            return;
        }
        ByteBuf bytes = content.content();
        seenBytes += bytes.readableBytes();
        if (seenBytes > bytesMax) {
            bytes.release();
            dropBody();
        } else {
            body.addComponent(true, bytes);
        }
        if (content instanceof LastHttpContent) {
            finish(ctx, current, seenBytes > bytesMax);
        } else if (seenBytes > (long) bytesMax * DISCARD_FACTOR) {
            Sends.close(ctx.channel());
        }
    }

    private void finish(ChannelHandlerContext ctx, HttpRequest request, boolean oversized) {
        if (oversized) {
            refuse(ctx, request, false);
            return;
        }
        head = null;
        ByteBuf collected = body;
        body = Unpooled.compositeBuffer(0x4000);
        ctx.fireChannelRead(new DefaultFullHttpRequest(
                request.protocolVersion(),
                request.method(),
                request.uri(),
                collected,
                request.headers(),
                EmptyHttpHeaders.INSTANCE));
    }

    private void refuse(ChannelHandlerContext ctx, HttpRequest request, boolean last) {
        head = null;
        dropBody();
        ctx.fireChannelRead(new Refused(EdgeError.bodyTooLarge(), request, last));
    }

    private void dropBody() {
        body.release();
        body = Unpooled.compositeBuffer(0x4000);
    }

    private static EdgeError why(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException line -> EdgeError.uriTooLong();
            case TooLongHttpHeaderException headers -> EdgeError.headersTooLarge();
            default -> EdgeError.malformed();
        };
    }

    private static DefaultFullHttpResponse empty(HttpResponseStatus status) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.EMPTY_BUFFER);
        if (status.code() >= 200) {
            HttpUtil.setContentLength(response, 0);
        }
        return response;
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        dropBody();
    }
}
