package io.wanspec.endpoints.server;

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

/** Frames as lines of a response that has begun; it ends with its connection, as generations do. */
final class FrameLines implements FrameSink {
    private static final byte[] LINE_END = {'\n'};

    private final Channel channel;
    private boolean ended;

    private FrameLines(Channel channel) {
        this.channel = channel;
    }

    /** Sends the head at once: it tells the peer that its frames have come. */
    static FrameLines begin(Channel channel) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, "application/x-ndjson")
                .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        Io.send(channel, head);
        return new FrameLines(channel);
    }

    @Override
    public synchronized boolean isWritable() {
        return !ended && channel.isActive() && channel.isWritable();
    }

    @Override
    public synchronized boolean frame(byte[] json) {
        if (!ended) {
            Io.send(channel, new DefaultHttpContent(Unpooled.wrappedBuffer(json, LINE_END)));
        }
        return !ended;
    }

    @Override
    public synchronized void end() {
        if (!ended) {
            ended = true;
            Io.sendLast(channel, LastHttpContent.EMPTY_LAST_CONTENT);
        }
    }
}
