package io.wanspec.emulator.sagemaker;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2WindowUpdateFrame;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import io.wanspec.emulator.net.HttpServing;
import io.wanspec.emulator.net.Listener;
import io.wanspec.emulator.net.Loops;
import io.wanspec.emulator.net.Sends;
import java.net.URI;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One region's SageMaker Runtime: point the endpoint override of the SDK's three clients at {@link #uri}, and the table of
 * {@link #endpoints} at model servers. The protocols are those of the API references of InvokeEndpoint,
 * InvokeEndpointWithResponseStream and InvokeEndpointWithBidirectionalStream; signatures are checked for their form only.
 */
public final class SageMakerEmulator implements AutoCloseable {
    /** What one stream may send ahead of its container, in bytes. */
    private static final int STREAM_WINDOW_BYTES = 512 * 1024;

    private static final int STREAMS_MAX = 128;

    /** Signatures and session tokens are long. */
    private static final int HEADER_BYTES_MAX = 32 * 1024;

    /** Room for every stream's window: one stream whose container is slow must not stop the others. */
    private static final int CONNECTION_WINDOW_BYTES = STREAM_WINDOW_BYTES * STREAMS_MAX;

    private final SageMakerSettings settings;
    private final EndpointTable endpoints = new EndpointTable();
    private final InvokeExchanges exchanges;
    private final AtomicInteger duplexConnections = new AtomicInteger();
    private final Loops loops;
    private final Listener listener;

    private SageMakerEmulator(SageMakerSettings settings) {
        this.settings = settings;
        this.exchanges = new InvokeExchanges(settings, endpoints);
        this.loops = new Loops("sagemaker", settings.threads());
        this.listener = Listener.open(loops, settings.port(), this::accept);
    }

    /** @throws IllegalStateException if the port is taken */
    public static SageMakerEmulator open(SageMakerSettings settings) {
        return new SageMakerEmulator(settings);
    }

    /** The endpoint override for clients: {@code http://127.0.0.1:port}. */
    public URI uri() {
        return listener.uri();
    }

    /** Which containers serve; may be changed while calls run. */
    public EndpointTable endpoints() {
        return endpoints;
    }

    /** Connections for bidirectional streams that were accepted since the start; many streams may share one. */
    public int duplexConnections() {
        return duplexConnections.get();
    }

    /** Ends every call and stream. */
    @Override
    public void close() {
        listener.close();
        loops.close();
    }

    private void accept(SocketChannel channel) {
        channel.pipeline().addLast(new ProtocolSniffer(this::http1, this::http2));
    }

    private void http1(ChannelPipeline pipeline) {
        HttpServing.addTo(pipeline, HEADER_BYTES_MAX, settings.bodyBytesMax(), exchanges);
    }

    private void http2(ChannelPipeline pipeline) {
        duplexConnections.incrementAndGet();
        Http2Settings announced = Http2Settings.defaultSettings()
                .initialWindowSize(STREAM_WINDOW_BYTES)
                .maxConcurrentStreams(STREAMS_MAX);
        var streams = new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new BidirectionalStream(stream, settings, endpoints));
            }
        };
        pipeline.addLast(
                Http2FrameCodecBuilder.forServer().initialSettings(announced).build(),
                new Http2MultiplexHandler(streams),
                new ConnectionEnd());
        Sends.flush(pipeline.channel(), new DefaultHttp2WindowUpdateFrame(CONNECTION_WINDOW_BYTES));
    }

    /** A connection that fails is closed; each stream sees that by itself. */
    private static final class ConnectionEnd extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext ctx, Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            Sends.close(ctx.channel());
        }
    }
}
