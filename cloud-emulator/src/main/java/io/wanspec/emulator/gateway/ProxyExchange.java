package io.wanspec.emulator.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.concurrent.ScheduledFuture;
import io.wanspec.contracts.http.EdgeError;
import io.wanspec.emulator.net.Exchange;
import io.wanspec.emulator.net.HttpCall;
import io.wanspec.emulator.net.Responder;
import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One request on its way to the functions and its answer on its way back, piece by piece. */
final class ProxyExchange implements Exchange, HttpCall.Listener {
    /** Headers that concern one connection only (RFC 9110, section 7.6.1). */
    private static final List<CharSequence> HOP_BY_HOP = List.of(
            HttpHeaderNames.CONNECTION,
            HttpHeaderNames.TRANSFER_ENCODING,
            HttpHeaderNames.TE,
            HttpHeaderNames.TRAILER,
            HttpHeaderNames.UPGRADE,
            HttpHeaderNames.EXPECT,
            HttpHeaderNames.PROXY_AUTHENTICATE,
            HttpHeaderNames.PROXY_AUTHORIZATION,
            "keep-alive",
            "http2-settings");

    private final Responder responder;
    private final RequestNames names;
    private final long idleNanos;
    private final HttpCall call;
    private long lastSignNanos = System.nanoTime();
    private @Nullable ScheduledFuture<?> idleCheck;

    ProxyExchange(Responder responder, URI functions, FullHttpRequest request, RequestNames names, long idleNanos) {
        this.responder = responder;
        this.names = names;
        this.idleNanos = idleNanos;
        this.call = HttpCall.start(responder.loop(), functions, forwarded(request, functions, names), this);
        checkIdleIn(idleNanos);
    }

    private static FullHttpRequest forwarded(FullHttpRequest request, URI functions, RequestNames names) {
        var forwarded = new DefaultFullHttpRequest(
                HttpVersion.HTTP_1_1,
                request.method(),
                request.uri(),
                request.content(),
                request.headers().copy(),
                EmptyHttpHeaders.INSTANCE);
        HttpHeaders headers = forwarded.headers();
        HOP_BY_HOP.forEach(headers::remove);
        headers.set(HttpHeaderNames.HOST, functions.getAuthority());
        headers.set(HttpHeaderNames.CONNECTION, "close");
        names.tell(headers);
        if (request.content().isReadable() || request.headers().contains(HttpHeaderNames.CONTENT_LENGTH)) {
            HttpUtil.setContentLength(forwarded, request.content().readableBytes());
        }
        return forwarded;
    }

    @Override
    public void head(HttpResponse from) {
        sign();
        var response = new DefaultHttpResponse(
                HttpVersion.HTTP_1_1, from.status(), from.headers().copy());
        HOP_BY_HOP.forEach(response.headers()::remove);
        names.answer(response.headers());
        responder.head(response);
    }

    @Override
    public void content(ByteBuf bytes) {
        sign();
        responder.piece(bytes);
        if (!responder.writable()) {
            call.readable(false);
        }
    }

    @Override
    public void end() {
        over();
        responder.end();
    }

    @Override
    public void failed(HttpCall.Stage stage, Throwable cause) {
        over();
        switch (stage) {
            case CONNECT -> refuse(GatewayError.UNREACHABLE);
            case RESPONSE -> refuse(GatewayError.BROKEN);
            case BODY -> responder.abort();
        }
    }

    @Override
    public void writable(boolean writable) {
        call.readable(writable);
        // A pause that the client caused is not the function's silence.
        sign();
    }

    @Override
    public void cancelled() {
        over();
        call.cancel();
    }

    private void refuse(EdgeError error) {
        names.refuse(responder, error);
    }

    private void sign() {
        lastSignNanos = System.nanoTime();
    }

    private void checkIdleIn(long nanos) {
        EventLoop loop = responder.loop();
        idleCheck = loop.schedule(this::checkIdle, nanos, TimeUnit.NANOSECONDS);
    }

    private void checkIdle() {
        long left = idleNanos - (System.nanoTime() - lastSignNanos);
        if (left > 0) {
            checkIdleIn(left);
            return;
        }
        call.cancel();
        if (responder.headSent()) {
            responder.abort();
        } else {
            refuse(GatewayError.TIMED_OUT);
        }
    }

    private void over() {
        ScheduledFuture<?> check = idleCheck;
        if (check != null) {
            check.cancel(false);
        }
    }
}
