package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.functions.settings.EndpointAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointWithResponseStreamRequest;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.sagemakerruntime.model.PayloadPart;

/** Plain decoding over {@code InvokeEndpointWithResponseStream}. */
public final class SageMakerGenerations implements Generations {
    private final EndpointAddress target;
    private final SageMakerClients clients;

    public SageMakerGenerations(EndpointAddress target, SageMakerClients clients) {
        this.target = target;
        this.clients = clients;
    }

    @Override
    public Generation open(Invocation.Generate request, GenerationListener listener) {
        var call = new Call(listener);
        var invoke = InvokeEndpointWithResponseStreamRequest.builder()
                .endpointName(target.name())
                .contentType("application/json")
                .accept("application/x-ndjson")
                .body(SdkBytes.fromByteArrayUnsafe(InvokeCodec.encode(request)))
                .build();
        var handler = InvokeEndpointWithResponseStreamResponseHandler.builder()
                .subscriber(InvokeEndpointWithResponseStreamResponseHandler.Visitor.builder()
                        .onPayloadPart(call::take)
                        .build())
                .build();
        return call.started(clients.unary(target).invokeEndpointWithResponseStream(invoke, handler));
    }

    private final class Call implements Generation {
        private final GenerationListener listener;
        private final AtomicBoolean over = new AtomicBoolean();
        private final LineSplitter lines = new LineSplitter(this::line);
        private volatile @Nullable CompletableFuture<Void> future;

        Call(GenerationListener listener) {
            this.listener = listener;
        }

        Call started(CompletableFuture<Void> call) {
            future = call;
            var _ = call.whenComplete((done, thrown) -> ended(thrown));
            return this;
        }

        void take(PayloadPart part) {
            try {
                lines.take(part.bytes().asByteArrayUnsafe());
            } catch (RuntimeException invalid) {
                end(LinkFailures.of(invalid));
            }
        }

        @Override
        public void close() {
            over.set(true);
            hangUp();
        }

        private void line(byte[] line) {
            if (over.get()) {
                return;
            }
            switch (InvokeCodec.decodeReply(line)) {
                case Reply.Generated generated -> listener.generated(generated);
                case Reply.Failed failed -> end(new LinkFailure(failed.code() + ": " + failed.message(), false));
                case Reply.Description other -> end(unexpected());
                case Reply.Tokenized other -> end(unexpected());
            }
        }

        private LinkFailure unexpected() {
            return new LinkFailure("the endpoint's stream holds something else than generated tokens", false);
        }

        private void ended(@Nullable Throwable thrown) {
            if (thrown != null) {
                end(new LinkFailure(
                        String.valueOf(EndpointCalls.failure(target, LinkFailures.unwrap(thrown))
                                .getMessage()),
                        true));
                return;
            }
            try {
                lines.flush();
                end(null);
            } catch (RuntimeException invalid) {
                end(LinkFailures.of(invalid));
            }
        }

        private void end(@Nullable LinkFailure failure) {
            if (over.compareAndSet(false, true)) {
                if (failure == null) {
                    listener.ended();
                } else {
                    listener.failed(failure);
                }
                hangUp();
            }
        }

        private void hangUp() {
            CompletableFuture<Void> running = future;
            if (running != null && !running.isDone()) {
                running.cancel(true);
            }
        }
    }
}
