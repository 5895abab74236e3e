package io.wanspec.emulator.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.nio.charset.StandardCharsets;

/** Writes the answer of one exchange: either {@link #json}, or a head, pieces and an end. Event loop only. */
public final class Responder {
    private final Channel channel;
    private final Runnable finished;
    private final boolean chunks;
    private final boolean lingers;
    private boolean keepAlive;
    private boolean headSent;
    private boolean over;

    Responder(Channel channel, HttpRequest request, Runnable finished) {
        this(
                channel,
                HttpUtil.isKeepAlive(request),
                !request.protocolVersion().equals(HttpVersion.HTTP_1_0),
                false,
                finished);
    }

    private Responder(Channel channel, boolean keepAlive, boolean chunks, boolean lingers, Runnable finished) {
        this.channel = channel;
        this.keepAlive = keepAlive;
        this.chunks = chunks;
        this.lingers = lingers;
        this.finished = finished;
    }

    /** The last answer on a connection whose client may still be writing what could not be read. */
    static Responder last(Channel channel, Runnable finished) {
        return new Responder(channel, false, true, true, finished);
    }

    public EventLoop loop() {
        return channel.eventLoop();
    }

    public boolean headSent() {
        return headSent;
    }

    public boolean writable() {
        return channel.isWritable();
    }

    /** A complete answer; ignored if an answer was begun already. */
    public void json(HttpResponseStatus status, String body, String... headers) {
        if (headSent || over) {
            return;
        }
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        for (int i = 0; i < headers.length; i += 2) {
            response.headers().set(headers[i], headers[i + 1]);
        }
        full(response);
    }

    /** A complete answer whose headers the caller has set; the length is set here. */
    public void full(DefaultFullHttpResponse response) {
        HttpUtil.setContentLength(response, response.content().readableBytes());
        prepare(response);
        Sends.flush(channel, response);
        complete();
    }

    /** Begins a streamed answer; without a length it is sent in chunks, or in HTTP/1.0 up to the connection's end. */
    public void head(HttpResponse response) {
        if (!HttpUtil.isContentLengthSet(response)) {
            HttpUtil.setTransferEncodingChunked(response, chunks);
            keepAlive &= chunks;
        }
        prepare(response);
        Sends.flush(channel, response);
    }

    /** One piece, flushed at once: whoever streams wants it seen now. */
    public void piece(ByteBuf bytes) {
        if (over) {
            bytes.release();
            return;
        }
        Sends.flush(channel, new DefaultHttpContent(bytes));
    }

    public void end() {
        if (!over) {
            Sends.flush(channel, LastHttpContent.EMPTY_LAST_CONTENT);
            complete();
        }
    }

    /** Breaks a begun answer off, so that the client sees that it is not complete. */
    public void abort() {
        over = true;
        Sends.close(channel);
    }

    private void prepare(HttpResponse response) {
        headSent = true;
        HttpUtil.setKeepAlive(response, keepAlive);
    }

    private void complete() {
        over = true;
        if (lingers) {
            Sends.lastLingering(channel);
        } else if (!keepAlive) {
            Sends.last(channel, Unpooled.EMPTY_BUFFER);
        }
        finished.run();
    }
}
