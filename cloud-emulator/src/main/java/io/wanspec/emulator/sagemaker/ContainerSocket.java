package io.wanspec.emulator.sagemaker;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.ScheduledFuture;
import io.wanspec.emulator.net.Sends;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The WebSocket to a container, for one stream, on that stream's event loop. The platform pings it and gives up after a
 * number of unanswered pings.
 */
final class ContainerSocket {
    private static final int CONNECT_TIMEOUT_MS = 2_000;

    /** What happens on the socket; after one of the last four nothing more is called. */
    interface Listener {
        void opened();

        /** One frame: {@code complete} is its FIN bit, {@code text} the type of the message that it belongs to. */
        void frame(byte[] bytes, boolean text, boolean complete);

        /** The container can be sent more, or must not be. */
        void writable(boolean writable);

        void unreachable();

        /** The container refused the handshake ({@code status} is its answer), or did not answer in time (0). */
        void refused(int status, String message);

        /** The container closed with a status of RFC 6455, section 7.4; 1005 if it gave none. */
        void closed(int status);

        /** The connection was lost without a closing handshake. */
        void lost(String why);
    }

    private final SageMakerSettings settings;
    private final Listener listener;
    private final Channel channel;
    private @Nullable ScheduledFuture<?> pings;
    private int unansweredPings;
    private boolean open;
    private boolean over;
    private boolean closeSent;
    private boolean sendingMessage;

    ContainerSocket(EventLoop loop, URI url, SageMakerSettings settings, Listener listener) {
        this.settings = settings;
        this.listener = listener;
        ChannelFuture connecting = new Bootstrap()
                .group(loop)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_TIMEOUT_MS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel ch) {
                        ContainerFrames.addTo(ch.pipeline(), url, settings, new Received());
                    }
                })
                .connect(new InetSocketAddress(url.getHost(), url.getPort()));
        this.channel = connecting.channel();
        connecting.addListener(future -> {
            if (!future.isSuccess() && finish()) {
                listener.unreachable();
            }
        });
    }

    boolean isOpen() {
        return open && !over;
    }

    /** Back pressure towards the container: while false nothing is read from it, and TCP slows it down. */
    void readable(boolean readable) {
        channel.config().setAutoRead(readable);
    }

    /** Sends one part; parts that are not complete are the fragments of one message. Ignored once closing. */
    void send(ByteBuf bytes, boolean text, boolean complete) {
        if (!isOpen() || closeSent) {
            bytes.release();
            return;
        }
        WebSocketFrame frame;
        if (sendingMessage) {
            frame = new ContinuationWebSocketFrame(complete, 0, bytes);
        } else if (text) {
            frame = new TextWebSocketFrame(complete, 0, bytes);
        } else {
            frame = new BinaryWebSocketFrame(complete, 0, bytes);
        }
        sendingMessage = !complete;
        Sends.flush(channel, frame);
    }

    /** Ends our half: sends a close frame. What the container still sends before its own close frame is delivered. */
    void endInput() {
        if (isOpen() && !closeSent) {
            closeSent = true;
            Sends.flush(channel, new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
        }
    }

    /** Leaves at once; the listener hears nothing more. */
    void abandon() {
        if (finish() && open && !closeSent) {
            Sends.last(channel, new CloseWebSocketFrame(WebSocketCloseStatus.ENDPOINT_UNAVAILABLE));
        } else {
            Sends.close(channel);
        }
    }

    /** @return true the first time */
    private boolean finish() {
        boolean first = !over;
        over = true;
        ScheduledFuture<?> running = pings;
        if (running != null) {
            running.cancel(false);
        }
        return first;
    }

    private void ping() {
        if (unansweredPings >= settings.missedPongsMax()) {
            lose("The container did not answer " + unansweredPings + " pings.");
            return;
        }
        unansweredPings++;
        Sends.flush(channel, new PingWebSocketFrame());
    }

    private void lose(String why) {
        if (finish()) {
            listener.lost(why);
        }
        Sends.close(channel);
    }

    private final class Received implements ContainerFrames.Receiver {
        @Override
        public void opened() {
            if (over) {
                return;
            }
            open = true;
            long interval = settings.pingInterval().toNanos();
            pings = channel.eventLoop()
                    .scheduleAtFixedRate(ContainerSocket.this::ping, interval, interval, TimeUnit.NANOSECONDS);
            listener.opened();
        }

        @Override
        public void refused(int status, String message) {
            if (finish()) {
                listener.refused(status, message);
            }
            Sends.close(channel);
        }

        @Override
        public void frame(byte[] bytes, boolean text, boolean complete) {
            if (!over) {
                listener.frame(bytes, text, complete);
            }
        }

        @Override
        public void ponged() {
            unansweredPings = 0;
        }

        @Override
        public void closed(int status) {
            if (finish()) {
                listener.closed(status);
            }
            if (closeSent) {
                Sends.close(channel);
            } else {
                Sends.last(channel, new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE));
            }
        }

        @Override
        public void lost(String why) {
            lose(why);
        }

        @Override
        public void writable(boolean writable) {
            if (isOpen()) {
                listener.writable(writable);
            }
        }
    }
}
