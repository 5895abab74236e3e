package io.wanspec.emulator.sagemaker;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.wanspec.emulator.net.Sends;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.eventstream.HeaderValue;
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
    /** How long a client may go on sending after its stream was ended. */
    private static final long LINGER_S = 2;

    private static final int CLOSE_NORMAL = 1000;
    private static final int CLOSE_NO_STATUS = 1005;

    private final SageMakerSettings settings;
    private final EndpointTable endpoints;
    private final EventStreamDecoder decoder;
    private final Channel client;
    private @Nullable Route route;
    private @Nullable ContainerSocket socket;
    private @Nullable ScheduledFuture<?> deadline;
    private boolean inputEnded;
    private boolean over;

    BidirectionalStream(Channel client, SageMakerSettings settings, EndpointTable endpoints) {
        this.client = client;
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
        } else if (named == null || named.operation() != Route.Operation.BIDIRECTIONAL_STREAM) {
            refuse(ApiError.unknownOperation());
        } else {
            route = named;
            connect(named, endpoints.find(named.endpointName()), headers);
        }
    }

    private void connect(Route named, EndpointTable.@Nullable Endpoint endpoint, Http2Headers headers) {
        if (endpoint == null) {
            refuse(ApiError.unknownEndpoint(named, settings.account()));
            return;
        }
        URI container = endpoint.container();
        if (container == null) {
            refuse(ApiError.unavailable(named));
            return;
        }
        URI url = ContainerRequests.webSocket(
                container,
                headers.get("x-amzn-sagemaker-model-invocation-path"),
                headers.get("x-amzn-sagemaker-model-query-string"));
        // Until the container has accepted, the client's parts wait in the stream's window.
        client.config().setAutoRead(false);
        socket = new ContainerSocket(client.eventLoop(), url, settings, this);
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
                    send(open, event);
                }
            }
        } catch (EventStreamDecoder.Malformed e) {
            fail(StreamError.invalidInput(String.valueOf(e.getMessage())));
        }
        if (inputEnded) {
            open.endInput();
        }
    }

    private void send(ContainerSocket open, Message event) throws EventStreamDecoder.Malformed {
        Map<String, HeaderValue> headers = event.getHeaders();
        if (event.getPayload().length > settings.frameBytesMax()) {
            throw new EventStreamDecoder.Malformed("a part of " + event.getPayload().length + " bytes", null);
        }
        // Documented defaults: BINARY and COMPLETE.
        boolean text = "UTF8".equals(string(headers, "DataType"));
        boolean partial = "PARTIAL".equals(string(headers, "CompletionState"));
        open.send(Unpooled.wrappedBuffer(event.getPayload()), text, !partial);
    }

    private static @Nullable String string(Map<String, HeaderValue> headers, String name) {
        HeaderValue value = headers.get(name);
        return value == null ? null : value.getString();
    }

    @Override
    public void opened() {
        var headers = new DefaultHttp2Headers()
                .status("200")
                .set("content-type", EventFrames.CONTENT_TYPE)
                .set("x-amzn-invoked-production-variant", "AllTraffic")
                .set("x-amzn-requestid", Answers.requestId());
        Sends.flush(client, new DefaultHttp2HeadersFrame(headers, false));
        deadline = client.eventLoop()
                .schedule(
                        () -> fail(StreamError.timeExceeded()),
                        settings.bidirectionalTimeout().toNanos(),
                        TimeUnit.NANOSECONDS);
        forward();
        client.config().setAutoRead(true);
    }

    @Override
    public void frame(byte[] bytes, boolean text, boolean complete) {
        StreamError reported = text && complete ? StreamError.reportedIn(bytes) : null;
        if (reported != null) {
            fail(reported);
            return;
        }
        data(EventFrames.payloadPart(bytes, text, complete), false);
        ContainerSocket source = socket;
        if (source != null && !client.isWritable()) {
            source.readable(false);
        }
    }

    @Override
    public void writable(boolean writable) {
        if (!over) {
            client.config().setAutoRead(writable);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        ContainerSocket source = socket;
        if (source != null && !over) {
            source.readable(ctx.channel().isWritable());
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
        Sends.close(client);
    }

    /** An error instead of a stream. */
    private void refuse(ApiError error) {
        if (over) {
            return;
        }
        over();
        var headers = new DefaultHttp2Headers()
                .status(Integer.toString(error.status()))
                .set("content-type", "application/json")
                .set(Answers.ERROR_TYPE, error.type())
                .set("x-amzn-requestid", Answers.requestId());
        Sends.write(client, new DefaultHttp2HeadersFrame(headers, false));
        data(Unpooled.copiedBuffer(error.body(), StandardCharsets.UTF_8), true);
        linger();
    }

    /** An error at the end of a stream. */
    private void fail(StreamError error) {
        if (!over) {
            data(EventFrames.exception(error), false);
            finish();
        }
    }

    private void finish() {
        if (!over) {
            over();
            data(Unpooled.EMPTY_BUFFER, true);
            linger();
        }
    }

    private void data(ByteBuf bytes, boolean end) {
        Sends.flush(client, new DefaultHttp2DataFrame(bytes, end));
    }

    /** What the client still sends is read and dropped: closing at once would reset what it has not read yet. */
    private void linger() {
        client.config().setAutoRead(true);
        var _ = client.eventLoop().schedule(() -> Sends.close(client), LINGER_S, TimeUnit.SECONDS);
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
    }
}
