package io.wanspec.endpoints.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import java.util.concurrent.TimeUnit;

/** Whole requests of bounded size; a larger one is told the limit. */
public final class BodyLimit extends HttpObjectAggregator {
    /** Far below SageMaker's own 25 MB. */
    static final int BODY_BYTES_MAX = Limits.INVOCATION_BYTES_MAX;

    private static final int LINGER_SECONDS = 2;

    public BodyLimit() {
        super(BODY_BYTES_MAX);
    }

    /** The rest of the body is read and dropped for a while: closing on a client that still writes would lose the answer. */
    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        FullHttpResponse response = HttpReplies.failure(
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                new Reply.Failed(
                        ReplyCode.BAD_REQUEST,
                        "body",
                        "the body exceeds " + BODY_BYTES_MAX + " bytes; shorten the prompt"));
        response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        Io.send(context.channel(), response);
        var _ = context.executor().schedule(() -> Io.close(context.channel()), LINGER_SECONDS, TimeUnit.SECONDS);
    }
}
