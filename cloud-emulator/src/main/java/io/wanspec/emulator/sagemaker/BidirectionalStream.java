package io.wanspec.emulator.sagemaker;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.wanspec.emulator.net.Sends;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.Message;

/**
 * One InvokeEndpointWithBidirectionalStream: an HTTP/2 stream on one side, the container's WebSocket on the other.
 *
 * <p>Back pressure: while the WebSocket cannot be written, the HTTP/2 stream is not read, so its window closes; while the
 * HTTP/2 stream cannot be written (its window is closed), the WebSocket is not read. Nothing else holds data but one
 * incomplete event.
 *
 * <p>Ends: the client's end of stream becomes a WebSocket close frame, and what the container still sends is delivered. The
 * container's normal close (1000, or none given) ends the stream: "until either the client closes it or the model
 * indicates completion". Any other close, a lost connection and a reported ModelStreamError become an exception event.
 */
final class BidirectionalStream extends ChannelInboundHandlerAdapter implements ContainerSocket.Listener {
    private static final int CLOSE_NORMAL = 1000;
    private static final int CLOSE_NO_STATUS = 1005;

    private final SageMakerSettings settings;
    private final EndpointTable endpoints;
    private final EventStreamDecoder decoder;
    private final EventLoop loop;
    private final ClientStream client;
    private @Nullable Route route;
    private Instance.@Nullable Use use;
    private EndpointFaults.@Nullable Cut cut;
    private int parts;
    private @Nullable ContainerSocket socket;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean inputEnded;
    private boolean over;

    BidirectionalStream(Channel channel, SageMakerSettings settings, EndpointTable endpoints) {
        this.loop = channel.eventLoop();
        this.client = new ClientStream(channel);
        this.settings = settings;
        this.endpoints = endpoints;
        this.decoder = new EventStreamDecoder(settings.frameBytesMax());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof Http2HeadersFrame frame) {
            if (route == null && !over) {
                begin(frame.headers());
            }
            inputEnded |= frame.isEndStream();
        } else if (message instanceof Http2DataFrame frame) {
            if (!over) {
                decoder.feed(frame.content());
            }
            inputEnded |= frame.isEndStream();
        }
        ReferenceCountUtil.release(message);
        forward();
    }

    private void begin(Http2Headers headers) {
        Route named = Route.of(headers.method(), headers.path());
        if (!SignatureForm.isSigned(headers.get("authorization"))) {
            refuse(ApiError.notSigned());
        } else if (named == null || named.operation() != Operation.BIDIRECTIONAL_STREAM) {
            refuse(ApiError.unknownOperation());
        } else {
            route = named;
            switch (endpoints.place(named, null, settings.account())) {
                case Placement.Refused(ApiError error) -> refuse(error);
                case Placement.At at -> connect(named, at.use(), headers);
            }
        }
    }

    private void connect(Route named, Instance.Use at, Http2Headers headers) {
        use = at;
        cut = endpoints.faults(named.endpointName()).nextCut(named.operation());
        URI url = ContainerRequests.webSocket(
                at.container(),
                headers.get("x-amzn-sagemaker-model-invocation-path"),
                headers.get("x-amzn-sagemaker-model-query-string"));
        // Until the container has accepted, the client's parts wait in the stream's window.
        client.readable(false);
        socket = new ContainerSocket(loop, url, settings, this);
    }

    /** Sends the container every whole part that has come. */
    private void forward() {
        ContainerSocket open = socket;
        if (over || open == null || !open.isOpen()) {
            return;
        }
        try {
            for (Message envelope = decoder.next(); envelope != null && !over; envelope = decoder.next()) {
                Message event = EventStreamDecoder.unwrap(envelope);
                if (event == null) {
                    inputEnded = true;
                } else {
                    ClientPart part = ClientPart.of(event, settings.frameBytesMax());
                    open.send(part.bytes(), part.text(), part.complete());
                }
            }
        } catch (EventStreamDecoder.Malformed e) {
            fail(StreamError.invalidInput(String.valueOf(e.getMessage())));
        }
        if (inputEnded) {
            open.endInput();
        }
    }

    @Override
    public void opened() {
        client.begin();
        deadline = loop.schedule(
                () -> fail(StreamError.timeExceeded()),
                settings.bidirectionalTimeout().toNanos(),
                TimeUnit.NANOSECONDS);
        forward();
        client.readable(true);
    }

    @Override
    public void frame(byte[] bytes, boolean text, boolean complete) {
        StreamError reported = text && complete ? StreamError.reportedIn(bytes) : null;
        if (reported != null) {
            fail(reported);
            return;
        }
        if (cut != null && parts++ >= cut.afterParts()) {
            cutOff(cut.how());
            return;
        }
        client.part(bytes, text, complete);
        ContainerSocket source = socket;
        if (source != null && !client.isWritable()) {
            source.readable(false);
        }
    }

    private void cutOff(StreamEnd how) {
        switch (how) {
            case IN_ORDER -> finish();
            case MODEL_STREAM_ERROR -> fail(StreamError.broken("The stream was cut off."));
            case THROTTLED -> fail(StreamError.throttled());
        }
    }

    @Override
    public void writable(boolean writable) {
        if (!over) {
            client.readable(writable);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ContainerSocket source = socket;
        if (source != null && !over) {
            source.readable(client.isWritable());
        }
    }

    @Override
    public void unreachable() {
        Route named = route;
        if (named != null) {
            refuse(ApiError.unavailable(named));
        }
    }

    @Override
    public void refused(int status, String message) {
        refuse(ApiError.model(status, message));
    }

    @Override
    public void closed(int status) {
        if (status == CLOSE_NORMAL || status == CLOSE_NO_STATUS) {
            finish();
        } else {
            fail(StreamError.broken("The container closed the WebSocket with status " + status + "."));
        }
    }

    @Override
    public void lost(String why) {
        fail(StreamError.broken(why));
    }

    /** The client reset the stream, or its connection is gone. */
    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        over();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        over();
        Sends.close(ctx.channel());
    }

    private void refuse(ApiError error) {
        if (!over) {
            over();
            client.refuse(error);
        }
    }

    private void fail(StreamError error) {
        if (!over) {
            over();
            client.fail(error);
        }
    }

    private void finish() {
        if (!over) {
            over();
            client.end();
        }
    }

    private void over() {
        over = true;
        ScheduledFuture<?> timer = deadline;
        if (timer != null) {
            timer.cancel(false);
        }
        ContainerSocket open = socket;
        if (open != null) {
            open.abandon();
        }
        Instance.Use used = use;
        if (used != null) {
            used.end();
        }
    }
}
