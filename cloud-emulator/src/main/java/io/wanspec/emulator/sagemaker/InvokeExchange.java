package io.wanspec.emulator.sagemaker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.wanspec.emulator.net.Responder;
import org.jspecify.annotations.Nullable;

/** InvokeEndpoint: the container's whole answer becomes one response. */
final class InvokeExchange extends ContainerExchange {
    private final int bodyBytesMax;
    private final ByteBuf body = Unpooled.buffer();
    private @Nullable HttpResponse answer;

    InvokeExchange(Route route, Placement.At at, Responder responder, SageMakerSettings settings) {
        super(route, at, responder, settings.invokeTimeout());
        this.bodyBytesMax = settings.bodyBytesMax();
    }

    @Override
    void answer(HttpResponse response) {
        answer = response;
    }

    @Override
    void piece(ByteBuf bytes) {
        body.writeBytes(bytes);
        bytes.release();
        if (body.readableBytes() > bodyBytesMax) {
            stop();
            refuse(ApiError.model(200, "The response is larger than " + bodyBytesMax + " bytes."));
            over();
        }
    }

    @Override
    void complete() {
        HttpResponse from = answer;
        if (from == null) {
            throw new IllegalStateException("a body without a head");
        }
        // The container's own 2xx or 3xx is not passed on: the call succeeded.
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        String type = from.headers().get(HttpHeaderNames.CONTENT_TYPE);
        if (type != null) {
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, type);
        }
        response.headers().set(Answers.REQUEST_ID, Answers.requestId());
        ContainerRequests.answer(from.headers(), response.headers());
        responder.full(response);
    }

    @Override
    void broken(StreamError failure) {
        refuse(ApiError.noAnswer());
    }

    /** The whole answer is buffered, within its limit: a slow client does not slow the container. */
    @Override
    public void writable(boolean writable) {}
}
