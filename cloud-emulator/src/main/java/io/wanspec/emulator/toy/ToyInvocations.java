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
import io.wanspec.contracts.Limits;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import io.wanspec.emulator.net.Sends;

/** {@code POST /invocations}: requests with one answer, and answers in lines of JSON. */
final class ToyInvocations extends SimpleChannelInboundHandler<FullHttpRequest> {
    /** Where each line is cut in two, as a network may cut it. */
    private static final int CUT_BYTES = 7;

    private static final String SESSION_ID = "X-Amzn-SageMaker-Session-Id";
    private static final String NEW_SESSION = "NEW_SESSION";

    private final ToyModel model;
    private final ToyCalls calls;

    ToyInvocations(ToyModel model, ToyCalls calls) {
        this.model = model;
        this.calls = calls;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
        Invocation invocation = InvokeCodec.decodeInvocation(ByteBufUtil.getBytes(request.content()));
        boolean opens = NEW_SESSION.equals(request.headers().get(SESSION_ID));
        Thread.ofVirtual().start(() -> {
            switch (invocation) {
                case Invocation.Generate generate -> stream(ctx.channel(), generate);
                case Invocation.Exchange exchange ->
                    answer(
                            ctx.channel(),
                            new Reply.Exchanged(calls.exchange(exchange)),
                            opens ? exchange.link().value() : "");
                case Invocation.Follow follow -> follow(ctx.channel(), follow);
                default -> answer(ctx.channel(), model.invoke(invocation), "");
            }
        });
    }

    /** @param session that is opened, or empty */
    private static void answer(Channel channel, Reply reply, String session) {
        if (reply instanceof Reply.Tokenized(var tokens) && tokens.size() > Limits.SEQUENCE_TOKENS_MAX) {
            String reason = "the prompt has " + tokens.size() + " tokens";
            Reply refusal = new Reply.Failed(ReplyCode.CONTEXT_EXCEEDED, "", reason);
            answer(channel, HttpResponseStatus.BAD_REQUEST, refusal, "");
        } else {
            answer(channel, HttpResponseStatus.OK, reply, session);
        }
    }

    private static void answer(Channel channel, HttpResponseStatus status, Reply reply, String session) {
        ByteBuf body = Unpooled.wrappedBuffer(InvokeCodec.encode(reply));
        var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
        response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        if (!session.isEmpty()) {
            response.headers().set(SESSION_ID, session + "; Expires=2099-01-01T00:00:00Z");
        }
        HttpUtil.setContentLength(response, body.readableBytes());
        ToyContainer.send(channel, response);
    }

    private void follow(Channel channel, Invocation.Follow request) {
        head(channel);
        calls.follow(request, frame -> {
            ToyContainer.send(channel, new DefaultHttpContent(Unpooled.wrappedBuffer(frame, new byte[] {'\n'})));
            return channel.isActive();
        });
        ToyContainer.send(channel, LastHttpContent.EMPTY_LAST_CONTENT);
    }

    private static void head(Channel channel) {
        var head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK);
        head.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/x-ndjson");
        HttpUtil.setTransferEncodingChunked(head, true);
        ToyContainer.send(channel, head);
    }

    private void stream(Channel channel, Invocation.Generate request) {
        head(channel);
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
