package io.wanspec.emulator.toy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.emulator.net.Sends;

/** {@code POST /invocations}: requests with one answer, and answers in lines of JSON. */
final class ToyInvocations extends SimpleChannelInboundHandler<FullHttpRequest> {
    /** Where each line is cut in two, as a network may cut it. */
    private static final int CUT_BYTES = 7;

    private final ToyModel model;

    ToyInvocations(ToyModel model) {
        this.model = model;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        Invocation invocation = InvokeCodec.decodeInvocation(ByteBufUtil.getBytes(request.content()));
        Thread.ofVirtual().start(() -> {
            if (invocation instanceof Invocation.Generate generate) {
                stream(ctx.channel(), generate);
            } else {
                answer(ctx.channel(), model.invoke(invocation));
            }
        });
    }

    private static void answer(Channel channel, Reply reply) {
        ByteBuf body = Unpooled.wrappedBuffer(InvokeCodec.encode(reply));
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        HttpUtil.setContentLength(response, body.readableBytes());
        ToyContainer.send(channel, response);
    }

    private void stream(Channel channel, Invocation.Generate request) {
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/x-ndjson");
        HttpUtil.setTransferEncodingChunked(head, true);
        ToyContainer.send(channel, head);
        model.generate(request, reply -> {
            ByteBuf line = Unpooled.wrappedBuffer(InvokeCodec.encode(reply), new byte[] {'\n'});
            ToyContainer.send(channel, new DefaultHttpContent(line.readBytes(CUT_BYTES)));
            ToyContainer.send(channel, new DefaultHttpContent(line));
            return channel.isActive();
        });
        ToyContainer.send(channel, LastHttpContent.EMPTY_LAST_CONTENT);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Sends.close(ctx.channel());
    }
}
