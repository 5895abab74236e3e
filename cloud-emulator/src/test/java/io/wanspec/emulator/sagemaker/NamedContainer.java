package io.wanspec.emulator.sagemaker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.wanspec.emulator.net.Listener;
import io.wanspec.emulator.net.Loops;
import io.wanspec.emulator.net.Sends;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/** A container that answers with its name, and opens a session for whoever asks for one. */
final class NamedContainer implements AutoCloseable {
    private final Loops loops = new Loops("named", 1);
    private final Listener listener = Listener.open(loops, 0, this::serve);
    private final AtomicInteger sessions = new AtomicInteger();
    private final String name;

    NamedContainer(String name) {
        this.name = name;
    }

    URI uri() {
        return listener.uri();
    }

    private void serve(SocketChannel channel) {
        channel.pipeline().addLast(new HttpServerCodec(), new HttpObjectAggregator(1 << 20), new Naming());
    }

    private final class Naming extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
            ByteBuf body = Unpooled.copiedBuffer(name, StandardCharsets.UTF_8);
            var response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK, body);
            if (EndpointTable.NEW_SESSION.equals(request.headers().get(ContainerRequests.SESSION_ID))) {
                response.headers()
                        .set(
                                ContainerRequests.SESSION_ID,
                                name + "-" + sessions.incrementAndGet() + "; Expires=2099-01-01T00:00:00Z");
            }
            HttpUtil.setContentLength(response, body.readableBytes());
            Sends.flush(ctx, response);
        }
    }

    @Override
    public void close() {
        listener.close();
        loops.close();
    }
}
