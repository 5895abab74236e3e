package io.wanspec.functions.edge;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.ReferenceCountUtil;
import io.wanspec.contracts.http.EdgeError;
import io.wanspec.contracts.http.RequestId;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests that are no HTTP, too long to be read, or not whole in time, in OpenAI's shape, and after the answers that are due
 * before. Nothing on the connection can be read behind such a request.
 */
final class WireGuard extends ChannelDuplexHandler {
    /** Closing on a client that still writes would reset the connection, and it would never read the answer. */
    private static final int LINGER_SECONDS = 2;

    private static final int RETRY_AFTER_SECONDS = 1;
    private static final int FINAL_STATUS_MIN = 200;

    private int unanswered;
    private boolean reading;
    private boolean http10;
    private boolean untilEnd;
    private @Nullable EdgeError refusal;
    private boolean over;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
        if (over || refusal != null) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof EdgeError why) {
            // No answer is due before: that of the request which this is about will never come.
            unanswered = 0;
            refusal = why;
            refuse(ctx);
            return;
        }
        if (message instanceof HttpObject part && part.decoderResult().isFailure() && message instanceof HttpRequest) {
            refusal = why(part.decoderResult().cause());
            ReferenceCountUtil.release(message);
            refuse(ctx);
            return;
        }
        if (message instanceof HttpRequest request && !UriForm.isRight(request.uri())) {
            refusal = EdgeError.malformedUri();
            ReferenceCountUtil.release(message);
            refuse(ctx);
            return;
        }
        if (message instanceof HttpRequest request) {
            unanswered++;
            http10 = request.protocolVersion().equals(HttpVersion.HTTP_1_0);
            reading = true;
        }
        if (message instanceof LastHttpContent) {
            reading = false;
        }
        super.channelRead(ctx, message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) throws Exception {
        if (over) {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new ClosedChannelException());
            return;
        }
        if (message instanceof HttpResponse response && response.status().code() >= FINAL_STATUS_MIN) {
            named(response);
            endsWithoutChunks(response);
        }
        boolean last = message instanceof LastHttpContent && !isInterim(message);
        super.write(
                ctx, message, last && untilEnd ? promise.unvoid().addListener(ChannelFutureListener.CLOSE) : promise);
        if (last) {
            unanswered--;
            refuse(ctx);
        }
    }

    /** A server that closes on a request which it does not want to read to its end: the client shall read why. */
    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) throws Exception {
        if (!reading || over) {
            super.close(ctx, promise);
            return;
        }
        over = true;
        linger(ctx.channel());
        promise.trySuccess();
    }

    /** HTTP/1.0 knows no chunks: there the connection's end is the body's. */
    private void endsWithoutChunks(HttpResponse response) {
        if (http10 && HttpUtil.isTransferEncodingChunked(response)) {
            HttpUtil.setTransferEncodingChunked(response, false);
            HttpUtil.setKeepAlive(response, false);
            untilEnd = true;
        }
    }

    private static boolean isInterim(Object message) {
        return message instanceof HttpResponse response && response.status().code() < FINAL_STATUS_MIN;
    }

    /** Whatever answered: an answer without an id could not be asked about. */
    private static void named(HttpResponse response) {
        if (!response.headers().contains(RequestId.HEADER)) {
            response.headers().set(RequestId.HEADER, RequestId.fresh().value());
        }
    }

    private static EdgeError why(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException line -> EdgeError.uriTooLong();
            case TooLongHttpHeaderException headers -> EdgeError.headersTooLarge();
            default -> EdgeError.malformed();
        };
    }

    private void refuse(ChannelHandlerContext ctx) {
        EdgeError error = refusal;
        if (error == null || unanswered > 0 || over) {
            return;
        }
        over = true;
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.valueOf(error.status()),
                Unpooled.copiedBuffer(error.json(), StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        HttpUtil.setContentLength(response, response.content().readableBytes());
        if (error.status() == HttpResponseStatus.SERVICE_UNAVAILABLE.code()) {
            response.headers().set(HttpHeaderNames.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        named(response);
        ctx.writeAndFlush(response).addListener((ChannelFutureListener) sent -> linger(sent.channel()));
        ctx.read();
    }

    private static void linger(Channel channel) {
        channel.config().setAutoRead(true);
        if (channel instanceof SocketChannel socket) {
            var _ = socket.shutdownOutput();
        }
        Runnable close = () -> {
            var _ = channel.close();
        };
        var _ = channel.eventLoop().schedule(close, LINGER_SECONDS, TimeUnit.SECONDS);
    }
}
