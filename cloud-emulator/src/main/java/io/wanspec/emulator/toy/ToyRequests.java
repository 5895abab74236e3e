package io.wanspec.emulator.toy;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Remembers what a container was asked last: each request's URI, and what the runtime handed on with it. */
@Sharable
final class ToyRequests extends ChannelInboundHandlerAdapter {
    private static final String CUSTOM_ATTRIBUTES = "X-Amzn-SageMaker-Custom-Attributes";
    private static final int REMEMBERED_MAX = 64;

    private final Deque<String> last = new ArrayDeque<>();

    synchronized List<String> last() {
        return List.copyOf(last);
    }

    private synchronized void remember(HttpRequest request) {
        if (last.size() == REMEMBERED_MAX) {
            last.removeFirst();
        }
        last.addLast(request.uri() + " " + request.headers().get(CUSTOM_ATTRIBUTES, ""));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof HttpRequest request) {
            remember(request);
        }
        ctx.fireChannelRead(message);
    }
}
