package io.wanspec.emulator.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/1.1 request to a server on this machine, on a connection of its own, with the response handed on as it comes.
 *
 * <p>The call runs on the caller's event loop, so that the caller's handler and the {@link Listener} never race.
 */
public final class HttpCall {
    private static final int CONNECT_TIMEOUT_MS = 2_000;
    private static final int CHUNK_BYTES_MAX = 64 * 1024;

    /** How far a call had come when it failed. */
    public enum Stage {
        /** No connection: nothing was sent. */
        CONNECT,
        /** The request may have been processed; no response head came. */
        RESPONSE,
        /** The response broke off in its body. */
        BODY
    }

    /** What comes back; after {@link #end} or {@link #failed} nothing more is called. */
    public interface Listener {
        void head(HttpResponse response);

        /** A piece of the body, at most 64 KiB; the listener releases it. */
        void content(ByteBuf bytes);

        void end();

        void failed(Stage stage, Throwable cause);
    }

    private final Listener listener;
    private final Channel channel;
    private Stage stage = Stage.CONNECT;
    private boolean interim;
    private boolean over;

    private HttpCall(EventLoop loop, URI server, FullHttpRequest request, Listener listener) {
        this.listener = listener;
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel ch) {
                        ch.pipeline().addLast(new HttpClientCodec(8192, 16384, CHUNK_BYTES_MAX), new Responses());
                    }
                })
                .connect(new InetSocketAddress(server.getHost(), server.getPort()));
        this.channel = connecting.channel();
        connecting.addListener(future -> connected(request, future.isSuccess() ? null : future.cause()));
    }

    /**
     * Starts a call; must be called on {@code loop}.
     *
     * @param request complete request; its ownership passes to the call
     */
    public static HttpCall start(EventLoop loop, URI server, FullHttpRequest request, Listener listener) {
        return new HttpCall(loop, server, request, listener);
    }

    /** Back pressure: while false, no more than what is already decoded (at most one socket read) is delivered. */
    public void readable(boolean readable) {
        channel.config().setAutoRead(readable);
    }

    /** Gives the call up; the listener hears nothing more. */
    public void cancel() {
        over = true;
        Sends.close(channel);
    }

    private void connected(FullHttpRequest request, @Nullable Throwable failure) {
        if (over || failure != null) {
            request.release();
            if (failure != null) {
                fail(failure);
            }
            return;
        }
        stage = Stage.RESPONSE;
        Sends.flush(channel, request);
    }

    private void fail(Throwable cause) {
        if (!over) {
            over = true;
            listener.failed(stage, cause);
            Sends.close(channel);
        }
    }

    private void finish() {
        over = true;
        listener.end();
        Sends.close(channel);
    }

    private final class Responses extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            if (over) {
                ReferenceCountUtil.release(message);
                return;
            }
            DecoderResult decoded = ((HttpObject) message).decoderResult();
            if (decoded.isFailure()) {
                ReferenceCountUtil.release(message);
                fail(decoded.cause());
                return;
            }
            if (message instanceof HttpResponse response) {
                interim = response.status().code() < 200;
                if (!interim) {
                    stage = Stage.BODY;
                    listener.head(response);
                }
            }
            if (message instanceof HttpContent content) {
                deliver(content);
            }
        }

        private void deliver(HttpContent content) {
            // An interim response (1xx) has an end of its own, which is not the call's.
            boolean last = content instanceof LastHttpContent && !interim;
            if (over || !content.content().isReadable()) {
                content.release();
            } else {
                listener.content(content.content());
            }
            if (last && !over) {
                finish();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            if (stage != Stage.CONNECT) {
                fail(new IOException("the server closed the connection"));
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            fail(cause);
        }
    }
}
