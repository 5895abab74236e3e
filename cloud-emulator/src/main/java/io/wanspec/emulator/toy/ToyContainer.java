package io.wanspec.emulator.toy;

import io.netty.channel.Channel;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.util.ReferenceCountUtil;
import io.wanspec.contracts.Limits;
import io.wanspec.emulator.net.Listener;
import io.wanspec.emulator.net.Loops;
import io.wanspec.emulator.net.Sends;
import java.net.URI;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

/**
 * A container on the loopback address that serves one {@link ToyModel}: {@code POST /invocations} and the WebSocket
 * {@code /invocations-bidirectional-stream}.
 */
public final class ToyContainer implements AutoCloseable {
    private static final String STREAM_PATH = "/invocations-bidirectional-stream";
    private static final int BODY_BYTES_MAX = 32 * 1024 * 1024;

    private final ToyModel model;
    private final ToyCalls calls;
    private final ToyRequests requests = new ToyRequests();
    private final Loops loops = new Loops("toy", 1);
    private final Listener listener;

    private ToyContainer(ToyModel model) {
        this.model = model;
        this.calls = new ToyCalls(model);
        this.listener = Listener.open(loops, 0, this::serve);
    }

    /** On a free port. */
    public static ToyContainer of(ToyModel model) {
        return new ToyContainer(model);
    }

    /** What to enter in the emulator's table of endpoints. */
    public URI uri() {
        return listener.uri();
    }

    /** What it was asked last: URIs and custom attributes. */
    public List<String> requests() {
        return requests.last();
    }

    /** The container dies: its streams break, and it takes no more. */
    @Override
    public void close() {
        listener.close();
        loops.close();
        calls.close();
    }

    /** Sends from a model's thread; what comes after the container's end is dropped. */
    static void send(Channel channel, Object message) {
        try {
            channel.eventLoop().execute(() -> Sends.flush(channel, message));
        } catch (RejectedExecutionException over) {
            ReferenceCountUtil.release(message);
        }
    }

    private void serve(SocketChannel channel) {
        channel.pipeline()
                .addLast(
                        new HttpServerCodec(),
                        new HttpObjectAggregator(BODY_BYTES_MAX),
                        requests,
                        new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                                .websocketPath(STREAM_PATH)
                                .checkStartsWith(true)
                                .maxFramePayloadLength(Limits.FRAME_BYTES_MAX)
                                .build()),
                        new WebSocketFrameAggregator(Limits.FRAME_BYTES_MAX),
                        new ToyStream(model),
                        new ToyInvocations(model, calls));
    }
}
