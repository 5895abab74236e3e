package io.wanspec.emulator.sagemaker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.wanspec.emulator.net.Responder;
import org.jspecify.annotations.Nullable;

/**
 * InvokeEndpointWithResponseStream: each piece of the container's body becomes a PayloadPart as it comes. After the first
 * byte a failure can only be an exception event; the HTTP status has been sent.
 */
final class ResponseStreamExchange extends ContainerExchange {
    private final EndpointFaults.@Nullable Cut cut;
    private int parts;

    /** @param cut how it will be cut off, if it will */
    ResponseStreamExchange(
            Route route,
            Placement.At at,
            Responder responder,
            SageMakerSettings settings,
            EndpointFaults.@Nullable Cut cut) {
        super(route, at, responder, settings.responseStreamTimeout());
        this.cut = cut;
    }

    @Override
    void answer(HttpResponse from) {
        var response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, EventFrames.CONTENT_TYPE);
        response.headers().set(Answers.REQUEST_ID, Answers.requestId());
        String type = from.headers().get(HttpHeaderNames.CONTENT_TYPE);
        if (type != null) {
            response.headers().set("X-Amzn-SageMaker-Content-Type", type);
        }
        ContainerRequests.answer(from.headers(), response.headers());
        responder.head(response);
    }

    @Override
    void piece(ByteBuf bytes) {
        if (cut != null && parts++ >= cut.afterParts()) {
            bytes.release();
            cutOff(cut.how());
            return;
        }
        responder.piece(EventFrames.payloadPart(ByteBufUtil.getBytes(bytes)));
        bytes.release();
        if (!responder.writable()) {
            writable(false);
        }
    }

    private void cutOff(StreamEnd how) {
        stop();
        switch (how) {
            case IN_ORDER -> complete();
            case MODEL_STREAM_ERROR -> broken(StreamError.broken("The stream was cut off."));
            case THROTTLED -> broken(StreamError.throttled());
        }
        over();
    }

    @Override
    void complete() {
        responder.end();
    }

    @Override
    void broken(StreamError failure) {
        responder.piece(EventFrames.exception(failure));
        responder.end();
    }
}
