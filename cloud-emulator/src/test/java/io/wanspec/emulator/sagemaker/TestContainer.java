package io.wanspec.emulator.sagemaker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.AttributeKey;
import io.wanspec.emulator.net.Listener;
import io.wanspec.emulator.net.Loops;
import io.wanspec.emulator.net.Sends;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A container that does what the request's text says; see {@link #invoke}. */
final class TestContainer implements AutoCloseable {
    private final Loops loops = new Loops("container", 1);
    private final Listener listener = Listener.open(loops, 0, this::serve);

    /** Completed when a client of a hanging request leaves. */
    final CompletableFuture<String> abandoned = new CompletableFuture<>();

    /** WebSockets that are open. */
    final AtomicInteger sockets = new AtomicInteger();

    URI uri() {
        return listener.uri();
    }

    private void serve(SocketChannel channel) {
        channel.pipeline()
                .addLast(
                        new HttpServerCodec(),
                        new HttpObjectAggregator(32 * 1024 * 1024),
                        new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                                .websocketPath("/invocations-bidirectional-stream")
                                .checkStartsWith(true)
                                .maxFramePayloadLength(2 << 20)
                                .handleCloseFrames(false)
                                .sendCloseFrame(null)
                                .build()),
                        new TestSocket(sockets),
                        new Invocations());
    }

    private final class Invocations extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            invoke(ctx, request);
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (ctx.channel().hasAttr(HANGING)) {
                abandoned.complete("left");
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            Sends.close(ctx.channel());
        }
    }

    private static final AttributeKey<Boolean> HANGING = AttributeKey.valueOf("test-hanging");

    private void invoke(ChannelHandlerContext ctx, FullHttpRequest request) {
        String text = request.content().readableBytes() > 1000
                ? "echo"
                : request.content().toString(StandardCharsets.UTF_8);
        String[] words = text.split(":", -1);
        switch (words[0]) {
            case "status" -> answer(ctx, request, Integer.parseInt(words[1]), text(words[2]));
            case "stream" -> stream(ctx, Integer.parseInt(words[1]), true);
            case "die" -> stream(ctx, Integer.parseInt(words[1]), false);
            case "drop" -> Sends.close(ctx.channel());
            case "hang" -> ctx.channel().attr(HANGING).set(true);
            default -> answer(ctx, request, 200, request.content().retain());
        }
    }

    private static ByteBuf text(String text) {
        return Unpooled.copiedBuffer(text, StandardCharsets.UTF_8);
    }

    private static void answer(ChannelHandlerContext ctx, FullHttpRequest request, int status, ByteBuf body) {
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
        HttpUtil.setContentLength(response, body.readableBytes());
        var headers = request.headers();
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, headers.get(HttpHeaderNames.CONTENT_TYPE, "text/plain"));
        response.headers()
                .set(
                        ContainerRequests.CUSTOM_ATTRIBUTES,
                        request.uri() + " accept=" + headers.get(HttpHeaderNames.ACCEPT) + " attributes="
                                + headers.get(ContainerRequests.CUSTOM_ATTRIBUTES) + " authorization="
                                + headers.get(HttpHeaderNames.AUTHORIZATION));
        Sends.flush(ctx, response);
    }

    private static void stream(ChannelHandlerContext ctx, int pieces, boolean whole) {
        HttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        HttpUtil.setTransferEncodingChunked(head, true);
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/event-stream");
        Sends.flush(ctx, head);
        for (int i = 0; i < pieces; i++) {
            Sends.flush(ctx, new DefaultHttpContent(text("piece" + i + ";")));
        }
        if (whole) {
            Sends.flush(ctx, LastHttpContent.EMPTY_LAST_CONTENT);
        } else {
            Sends.last(ctx.channel(), Unpooled.EMPTY_BUFFER);
        }
    }

    @Override
    public void close() {
        listener.close();
        loops.close();
    }
}
