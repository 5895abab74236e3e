package io.wanspec.emulator.sagemaker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.wanspec.emulator.net.Sends;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** What the client of a bidirectional stream is sent: either a head, events and an end, or a refusal. */
final class ClientStream {
    /** How long a client may go on sending after its stream was ended. */
    private static final long LINGER_S = 2;

    private final Channel channel;

    ClientStream(Channel channel) {
        this.channel = channel;
    }

    /** The container has accepted. */
    void begin() {
        Http2Headers headers =
                head(200, EventFrames.CONTENT_TYPE).set("x-amzn-invoked-production-variant", "AllTraffic");
        Sends.flush(channel, new DefaultHttp2HeadersFrame(headers, false));
    }

    /** A frame of the container's. */
    void part(byte[] bytes, boolean text, boolean complete) {
        data(EventFrames.payloadPart(bytes, text, complete), false);
    }

    /** An error instead of a stream. */
    void refuse(ApiError error) {
        Http2Headers headers = head(error.status(), "application/json").set(Answers.ERROR_TYPE, error.type());
        Sends.write(channel, new DefaultHttp2HeadersFrame(headers, false));
        data(Unpooled.copiedBuffer(error.body(), StandardCharsets.UTF_8), true);
        linger();
    }

    /** An error at the end of a stream. */
    void fail(StreamError error) {
        data(EventFrames.exception(error), false);
        end();
    }

    void end() {
        data(Unpooled.EMPTY_BUFFER, true);
        linger();
    }

    /** The client's window has room. */
    boolean isWritable() {
        return channel.isWritable();
    }

    /** While false the client is not read, and its window closes. */
    void readable(boolean readable) {
        channel.config().setAutoRead(readable);
    }

    private static Http2Headers head(int status, String contentType) {
        return new DefaultHttp2Headers()
                .status(Integer.toString(status))
                .set("content-type", contentType)
                .set("x-amzn-requestid", Answers.requestId());
    }

    private void data(ByteBuf bytes, boolean end) {
        Sends.flush(channel, new DefaultHttp2DataFrame(bytes, end));
    }

    /** What the client still sends is read and dropped: closing at once would reset what it has not read yet. */
    private void linger() {
        readable(true);
        var _ = channel.eventLoop().schedule(() -> Sends.close(channel), LINGER_S, TimeUnit.SECONDS);
    }
}
