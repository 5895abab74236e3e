package io.wanspec.functions.standin;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves the three invoke calls on one port: HTTP/2 with prior knowledge for duplex streams, HTTP/1.1 for the rest. */
public final class SageMakerStandIn implements AutoCloseable {
    /** TCP connections that spoke HTTP/2. */
    public final AtomicInteger duplexConnections = new AtomicInteger();

    private final Map<String, ModelServer> endpoints = new ConcurrentHashMap<>();
    private final MultiThreadIoEventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final ChannelGroup streams = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final Channel listener;

    public SageMakerStandIn() {
        listener = new ServerBootstrap()
                .group(loops)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new Sniffer());
                    }
                })
                .bind("127.0.0.1", 0)
                .syncUninterruptibly()
                .channel();
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + ((InetSocketAddress) listener.localAddress()).getPort());
    }

    public void serve(String endpoint, ModelServer server) {
        endpoints.put(endpoint, server);
    }

    /** The endpoint is gone, and its streams break. */
    public void kill(String endpoint) {
        endpoints.remove(endpoint);
        for (Channel stream : streams) {
            if (endpoint.equals(stream.attr(DuplexStream.ENDPOINT).get())) {
                stream.close().syncUninterruptibly();
            }
        }
    }

    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        loops.shutdownGracefully(0, 2, TimeUnit.SECONDS).syncUninterruptibly();
    }

    /** HTTP/2 begins with a preface that no HTTP/1.1 request can begin with. */
    private final class Sniffer extends ByteToMessageDecoder {
        @Override
        protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
            if (in.readableBytes() < 3) {
                return;
            }
            boolean http2 = in.getByte(in.readerIndex()) == 'P'
                    && in.getByte(in.readerIndex() + 1) == 'R'
                    && in.getByte(in.readerIndex() + 2) == 'I';
            if (http2) {
                duplexConnections.incrementAndGet();
                context.pipeline()
                        .addLast(
                                Http2FrameCodecBuilder.forServer().build(),
                                new Http2MultiplexHandler(new ChannelInitializer<>() {
                                    @Override
                                    protected void initChannel(Channel stream) {
                                        streams.add(stream);
                                        stream.pipeline().addLast(new DuplexStream(endpoints));
                                    }
                                }));
            } else {
                context.pipeline()
                        .addLast(new HttpServerCodec(), new HttpObjectAggregator(32 << 20), new Invocations(endpoints));
            }
            context.pipeline().remove(this);
        }
    }
}
