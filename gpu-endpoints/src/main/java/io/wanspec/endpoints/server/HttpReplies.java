package io.wanspec.endpoints.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import java.nio.charset.StandardCharsets;

/** Whole responses. */
public final class HttpReplies {
    private HttpReplies() {}

    public static void send(Channel channel, boolean keepAlive, HttpResponseStatus status, Reply reply) {
        FullHttpResponse response = json(status, Unpooled.wrappedBuffer(InvokeCodec.encode(reply)));
        send(channel, keepAlive, response);
    }

    static void send(Channel channel, boolean keepAlive, Reply reply, HttpHeaders more) {
        FullHttpResponse response = json(HttpResponseStatus.OK, Unpooled.wrappedBuffer(InvokeCodec.encode(reply)));
        response.headers().add(more);
        send(channel, keepAlive, response);
    }

    /** @param body JSON of ASCII letters */
    static void sendJson(Channel channel, boolean keepAlive, String body) {
        ByteBuf bytes = Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.US_ASCII));
        send(channel, keepAlive, json(HttpResponseStatus.OK, bytes));
    }

    public static void sendEmpty(Channel channel, boolean keepAlive, HttpResponseStatus status) {
        send(channel, keepAlive, json(status, Unpooled.EMPTY_BUFFER));
    }

    static void send(Channel channel, boolean keepAlive, FullHttpResponse response) {
        if (keepAlive) {
            Io.send(channel, response);
        } else {
            response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
            Io.sendLast(channel, response);
        }
    }

    static FullHttpResponse failure(HttpResponseStatus status, Reply.Failed failed) {
        return json(status, Unpooled.wrappedBuffer(InvokeCodec.encode(failed)));
    }

    private static FullHttpResponse json(HttpResponseStatus status, ByteBuf body) {
        FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
        response.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
        return response;
    }
}
