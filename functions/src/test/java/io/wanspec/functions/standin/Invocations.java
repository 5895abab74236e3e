package io.wanspec.functions.standin;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/** Requests with one answer, and response streams. */
@SuppressWarnings("FutureReturnValueIgnored")
final class Invocations extends SimpleChannelInboundHandler<FullHttpRequest> {
    private final Map<String, ModelServer> endpoints;

    Invocations(Map<String, ModelServer> endpoints) {
        this.endpoints = endpoints;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
        String[] path = request.uri().split("/", -1);
        byte[] body = ByteBufUtil.getBytes(request.content());
        ModelServer server = endpoints.get(path[2]);
        Thread.ofVirtual().start(() -> {
            if (server == null) {
                answer(context, HttpResponseStatus.SERVICE_UNAVAILABLE, "{\"Message\":\"no such server\"}");
            } else if (path[3].equals("invocations")) {
                byte[] reply = InvokeCodec.encode(server.invoke(InvokeCodec.decodeInvocation(body)));
                answer(context, HttpResponseStatus.OK, new String(reply, StandardCharsets.UTF_8));
            } else {
                stream(context, server, (Invocation.Generate) InvokeCodec.decodeInvocation(body));
            }
        });
    }

    private static void answer(ChannelHandlerContext context, HttpResponseStatus status, String body) {
        var response = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, Unpooled.copiedBuffer(body, StandardCharsets.UTF_8));
        response.headers().set("content-type", "application/json");
        HttpUtil.setContentLength(response, response.content().readableBytes());
        context.writeAndFlush(response);
    }

    /** Cuts lines in two, as a network may. */
    private static void stream(ChannelHandlerContext context, ModelServer server, Invocation.Generate request) {
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set("content-type", "application/vnd.amazon.eventstream");
        HttpUtil.setTransferEncodingChunked(head, true);
        context.writeAndFlush(head);
        server.generate(request, line -> {
            byte[] json = InvokeCodec.encode(line);
            byte[] bytes = Arrays.copyOf(json, json.length + 1);
            bytes[json.length] = '\n';
            context.writeAndFlush(new DefaultHttpContent(Events.payloadPart(Arrays.copyOf(bytes, 7))));
            context.writeAndFlush(
                    new DefaultHttpContent(Events.payloadPart(Arrays.copyOfRange(bytes, 7, bytes.length))));
        });
        context.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    }
}
