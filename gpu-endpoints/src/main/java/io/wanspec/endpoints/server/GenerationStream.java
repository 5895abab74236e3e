package io.wanspec.endpoints.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import io.wanspec.endpoints.compute.Outbound;

/** Replies as lines of JSON, one HTTP chunk each. The first reply decides the status. */
final class GenerationStream implements Outbound<Reply> {
    private static final byte[] LINE_END = {'\n'};

    private final Channel channel;
    private final Runnable onEnd;
    private boolean begun;

    /** @param onEnd called when the last line has been handed to the connection */
    GenerationStream(Channel channel, Runnable onEnd) {
        this.channel = channel;
        this.onEnd = onEnd;
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void send(Reply reply) {
        if (!begun) {
            begun = true;
            Io.send(channel, head(reply));
        }
        ByteBuf line = Unpooled.wrappedBuffer(InvokeCodec.encode(reply), LINE_END);
        Io.send(channel, new DefaultHttpContent(line));
    }

    @Override
    public void close() {
        onEnd.run();
        // The stream closes with its connection: a client that went on to pipeline could not be told apart from one
        // that left.
        Io.sendLast(channel, LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private static HttpResponse head(Reply first) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(first));
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/x-ndjson")
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        return head;
    }

    private static HttpResponseStatus status(Reply first) {
        if (first instanceof Reply.Failed failed) {
            return failed.code() == ReplyCode.OVERLOADED
                    ? HttpResponseStatus.SERVICE_UNAVAILABLE
                    : HttpResponseStatus.INTERNAL_SERVER_ERROR;
        }
        return HttpResponseStatus.OK;
    }
}
