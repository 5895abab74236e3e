package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.trace.RequestTrace;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointWithResponseStreamRequest;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.sagemakerruntime.model.PayloadPart;

/** Response streams of draft links. */
final class FollowCalls {
    private final EndpointAddress endpoint;
    private final SageMakerClients clients;
    private final IntConsumer byteCounter;
    private final Optional<RequestTrace> trace = RequestTrace.current();

    FollowCalls(EndpointAddress endpoint, SageMakerClients clients, IntConsumer byteCounter) {
        this.endpoint = endpoint;
        this.clients = clients;
        this.byteCounter = byteCounter;
    }

    /**
     * @param session of SageMaker's, if there is one
     * @param onHead called when the worker has the call's frames
     * @param lines takes each frame of the worker's
     * @param onEnd called once, when nothing more comes
     */
    Follow start(
            Invocation.Follow call,
            @Nullable String session,
            Runnable onHead,
            Consumer<byte[]> lines,
            BiConsumer<Follow, @Nullable Throwable> onEnd) {
        byte[] body = InvokeCodec.encode(call);
        byteCounter.accept(body.length);
        var follow = new Follow(lines, onEnd);
        var handler = InvokeEndpointWithResponseStreamResponseHandler.builder()
                .onResponse(head -> onHead.run())
                .onEventStream(stream -> stream.subscribe(follow.events))
                .build();
        follow.runs(clients.streaming(endpoint)
                .invokeEndpointWithResponseStream(request(session, follow.watch, body), handler));
        return follow;
    }

    private InvokeEndpointWithResponseStreamRequest request(@Nullable String session, AnswerWatch watch, byte[] body) {
        return InvokeEndpointWithResponseStreamRequest.builder()
                .endpointName(endpoint.name())
                .contentType("application/json")
                .accept("application/x-ndjson")
                .sessionId(session)
                .inferenceId(trace.map(t -> t.trace().hex()).orElse(null))
                .customAttributes(trace.map(RequestTrace::attributes).orElse(null))
                .overrideConfiguration(watch::attach)
                .body(SdkBytes.fromByteArrayUnsafe(body))
                .build();
    }

    /** One that is under way. It is cut off as {@link GenerationCall} explains. */
    final class Follow {
        private final AnswerWatch watch = new AnswerWatch();
        private final EventSubscription events = new EventSubscription(this::take);
        private final AtomicBoolean over = new AtomicBoolean();
        private final LineSplitter lines;
        private final BiConsumer<Follow, @Nullable Throwable> onEnd;
        private volatile @Nullable CompletableFuture<Void> answer;

        private Follow(Consumer<byte[]> lines, BiConsumer<Follow, @Nullable Throwable> onEnd) {
            this.lines = new LineSplitter(lines);
            this.onEnd = onEnd;
        }

        void cutOff() {
            over.set(true);
            events.cancel();
            CompletableFuture<Void> running = answer;
            if (running != null && !watch.begun()) {
                running.cancel(true);
            }
        }

        private void runs(CompletableFuture<Void> begun) {
            answer = begun;
            var _ = begun.whenComplete((done, thrown) -> end(thrown));
        }

        private void take(PayloadPart part) {
            byte[] bytes = part.bytes().asByteArrayUnsafe();
            byteCounter.accept(bytes.length);
            try {
                lines.take(bytes);
            } catch (RuntimeException invalid) {
                end(invalid);
                cutOff();
            }
        }

        private void end(@Nullable Throwable thrown) {
            answer = null;
            if (over.compareAndSet(false, true)) {
                onEnd.accept(this, thrown);
            }
        }
    }
}
