package io.wanspec.endpoints.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.wanspec.contracts.invoke.Reply;

/** Whole requests of bounded size; a larger one is told the limit. */
final class BodyLimit extends HttpObjectAggregator {
    /** Text of the longest sequence, with room for escapes; far below SageMaker's own 25 MB. */
    static final int BODY_BYTES_MAX = 4 << 20;

    BodyLimit() {
        super(BODY_BYTES_MAX);
    }

    @Override
    protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
        HttpReplies.send(
                context.channel(),
                false,
                HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
                new Reply.Failed(
                        "BAD_REQUEST", "body", "the body exceeds " + BODY_BYTES_MAX + " bytes; shorten the prompt"));
    }
}
