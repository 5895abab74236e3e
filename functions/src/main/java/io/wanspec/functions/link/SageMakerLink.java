package io.wanspec.functions.link;

import io.wanspec.contracts.frame.FrameException;
import io.wanspec.controller.LinkLoss;
import io.wanspec.functions.flow.BoundedPublisher;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.OnSite;
import io.wanspec.functions.trace.RequestTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntimehttp2.SageMakerRuntimeHttp2AsyncClient;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.InvokeEndpointWithBidirectionalStreamRequest;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.InvokeEndpointWithBidirectionalStreamResponseHandler;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.RequestStreamEvent;
import software.amazon.awssdk.services.sagemakerruntimehttp2.model.ResponsePayloadPart;

/**
 * A link over {@code InvokeEndpointWithBidirectionalStream}. The client must have its retries off: it would subscribe to the
 * frames again, without those already sent, and then report success.
 */
final class SageMakerLink<F> implements Link<F> {
    private static final Logger LOG = LoggerFactory.getLogger(SageMakerLink.class);

    /** Frames that wait for the network. A session has few under way, so more than this means that nothing moves. */
    private static final int OUTBOUND_PARTS_MAX = 256;

    private static final int LINGER_SECONDS = 5;

    /**
     * From opening to the response's head: the SDK's own read timeout is as long as a session, and an error without a body
     * never ends a duplex call (its HTTP/2 adapter waits for a data frame).
     */
    private static final int OPEN_SECONDS = 10;

    private final String endpoint;
    private final @Nullable OnSite site;
    private final FrameWire<F> wire;
    private final LinkListener<F> listener;
    private final IntConsumer byteCounter;
    private final AtomicBoolean over = new AtomicBoolean();
    private final PartAssembler assembler = new PartAssembler();
    private final BoundedPublisher<RequestStreamEvent> outbound = new BoundedPublisher<>(OUTBOUND_PARTS_MAX, () -> {});
    private volatile @Nullable CompletableFuture<Void> call;
    private volatile @Nullable Future<?> openTimer;
    private volatile @Nullable Future<?> lingerTimer;
    private volatile boolean answered;

    SageMakerLink(EndpointAddress at, FrameWire<F> wire, LinkListener<F> listener, IntConsumer byteCounter) {
        this.endpoint = at.name();
        this.site = at.site();
        this.wire = wire;
        this.listener = listener;
        this.byteCounter = byteCounter;
    }

    /** Starts the call; frames may be sent at once and wait for the connection. */
    SageMakerLink<F> open(SageMakerRuntimeHttp2AsyncClient client) {
        var request = InvokeEndpointWithBidirectionalStreamRequest.builder()
                .endpointName(endpoint)
                .modelQueryString(query())
                .build();
        var handler = InvokeEndpointWithBidirectionalStreamResponseHandler.builder()
                .onResponse(head -> answered = true)
                .subscriber(InvokeEndpointWithBidirectionalStreamResponseHandler.Visitor.builder()
                        .onPayloadPart(this::take)
                        .build())
                .build();
        CompletableFuture<Void> started = client.invokeEndpointWithBidirectionalStream(request, outbound, handler);
        call = started;
        if (over.get()) {
            // Lost before there was anything to cancel.
            hangUp();
        }
        openTimer = LinkTimers.after(Duration.ofSeconds(OPEN_SECONDS), this::failUnanswered);
        var _ = started.whenComplete((done, thrown) -> {
            ended(thrown);
            release();
        });
        return this;
    }

    /** What a trace and a relay need to know before the first frame. Neither has a character that a query escapes. */
    private @Nullable String query() {
        String said = Stream.concat(
                        RequestTrace.current().map(trace -> "trace=" + trace.trace()).stream(),
                        Optional.ofNullable(site).map(at -> at.query(Instant.now())).stream())
                .collect(Collectors.joining("&"));
        return said.isEmpty() ? null : said;
    }

    @Override
    public void send(F frame) {
        byte[] bytes;
        try {
            bytes = wire.encode().apply(frame);
        } catch (FrameException tooLarge) {
            LOG.warn("A frame for {} cannot be sent: {}", endpoint, tooLarge.getMessage());
            fail(new LinkFailure("a frame is too large to be sent", false));
            return;
        }
        byteCounter.accept(bytes.length);
        List<byte[]> parts = PartSplitter.split(bytes);
        for (int i = 0; i < parts.size(); i++) {
            if (!outbound.offer(part(parts.get(i), i == parts.size() - 1))) {
                fail(new LinkFailure("frames are not taken by the network", true));
                return;
            }
        }
    }

    @Override
    public void close() {
        over.set(true);
        hangUp();
    }

    private void failUnanswered() {
        if (!answered) {
            // So does a way on which HTTP/2 does not come through.
            fail(new LinkFailure("the endpoint did not answer in " + OPEN_SECONDS + " s", LinkLoss.UNREACHABLE, true));
        }
    }

    private static RequestStreamEvent part(byte[] bytes, boolean last) {
        return RequestStreamEvent.payloadPartBuilder()
                .bytes(SdkBytes.fromByteArrayUnsafe(bytes))
                .dataType("UTF8")
                .completionState(last ? "COMPLETE" : "PARTIAL")
                .build();
    }

    private void take(ResponsePayloadPart part) {
        if (over.get() || part.bytes() == null) {
            return;
        }
        byte[] bytes = part.bytes().asByteArrayUnsafe();
        byteCounter.accept(bytes.length);
        F frame;
        try {
            byte[] whole = assembler.take(bytes, part.completionState());
            if (whole == null) {
                return;
            }
            frame = wire.decode().apply(whole);
        } catch (RuntimeException invalid) {
            ended(invalid);
            return;
        }
        listener.received(frame);
    }

    private void ended(@Nullable Throwable thrown) {
        if (!over.get()) {
            LOG.warn("A link to {} failed: {}", endpoint, LinkFailures.detail(thrown));
        }
        fail(LinkFailures.of(thrown));
    }

    private void fail(LinkFailure failure) {
        if (over.compareAndSet(false, true)) {
            hangUp();
            listener.failed(failure);
        }
    }

    /**
     * Completing the frames ends the request, which frees the other side; a peer that lingers is cut off. Over HTTP/2 that
     * harms no neighbour: each stream has a channel of its own, which is never used again.
     */
    private void hangUp() {
        outbound.complete();
        CompletableFuture<Void> running = call;
        if (running != null && !running.isDone()) {
            lingerTimer = LinkTimers.after(Duration.ofSeconds(LINGER_SECONDS), () -> running.cancel(true));
        }
    }

    /** The call is over: nothing may hold what it held until some timer ends. */
    private void release() {
        call = null;
        for (Future<?> timer : new Future<?>[] {openTimer, lingerTimer}) {
            if (timer != null) {
                timer.cancel(false);
            }
        }
    }
}
