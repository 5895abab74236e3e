package io.wanspec.functions.standin;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.AttributeKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.Message;
import software.amazon.eventstream.MessageDecoder;

/** One duplex stream: unwraps the client's signed messages, wraps the model's answers. */
@SuppressWarnings("FutureReturnValueIgnored")
final class DuplexStream extends ChannelInboundHandlerAdapter {
    static final AttributeKey<String> ENDPOINT = AttributeKey.valueOf("endpoint");

    private final Map<String, ModelServer> endpoints;
    private final ExecutorService model =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().factory());
    private ModelServer.@Nullable Duplex duplex;
    private boolean over;

    DuplexStream(Map<String, ModelServer> endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof Http2HeadersFrame headers) {
            begin(context, headers.headers().path().toString().split("/", -1)[2]);
        } else if (message instanceof Http2DataFrame data) {
            byte[] bytes = ByteBufUtil.getBytes(data.content());
            boolean end = data.isEndStream();
            data.release();
            decoder.feed(bytes);
            if (end) {
                context.writeAndFlush(new DefaultHttp2DataFrame(true));
                finish();
            }
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        finish();
    }

    private final MessageDecoder decoder = new MessageDecoder(outer -> {
        if (outer.getPayload().length > 0) {
            Message inner = Message.decode(ByteBuffer.wrap(outer.getPayload()));
            model.execute(() -> take(inner.getPayload()));
        }
    });

    private void begin(ChannelHandlerContext context, String endpoint) {
        context.channel().attr(ENDPOINT).set(endpoint);
        ModelServer server = endpoints.get(endpoint);
        var headers = new DefaultHttp2Headers().status(server == null ? "503" : "200");
        headers.set("content-type", "application/vnd.amazon.eventstream");
        context.writeAndFlush(new DefaultHttp2HeadersFrame(headers, false));
        if (server == null) {
            context.writeAndFlush(new DefaultHttp2DataFrame(
                    Unpooled.copiedBuffer("{\"Message\":\"no such server\"}", StandardCharsets.UTF_8), true));
        }
        if (server != null) {
            duplex = server.open(bytes -> context.channel()
                    .eventLoop()
                    .execute(() -> context.writeAndFlush(new DefaultHttp2DataFrame(Events.payloadPart(bytes), false))));
        }
    }

    private void take(byte[] frame) {
        ModelServer.Duplex open = duplex;
        if (open != null) {
            open.take(frame);
        }
    }

    private void finish() {
        ModelServer.Duplex open = duplex;
        if (!over && open != null) {
            over = true;
            open.closed();
            model.shutdownNow();
        }
    }
}
