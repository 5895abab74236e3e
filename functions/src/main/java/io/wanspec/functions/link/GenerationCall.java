package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import io.wanspec.controller.LinkLoss;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.trace.RequestTrace;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeAsyncClient;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointWithResponseStreamRequest;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointWithResponseStreamResponseHandler;
import software.amazon.awssdk.services.sagemakerruntime.model.PayloadPart;

/**
 * One plain generation.
 *
 * <p>Once its answer has begun it does not cancel the SDK's future. The SDK carries that out later, on the connection's
 * own thread, and by then the response may have ended and the connection may belong to the next call, which is closed
 * under it. Cancelling the subscription instead is decided at once: either the response had ended, and nothing happens,
 * or the connection is closed and never used again. So a stream whose text has ended is left to end, for a while, and
 * one that is cut off before takes its own connection with it and no other.
 *
 * <p>Before the answer there is no subscription, and a model server that is busy must not go on for nobody. There the
 * future is cancelled. A whole answer would have to come in that very moment to do harm, and then only to another
 * generation of which nothing has been seen, so that it goes out again: generations share their connections with no
 * other calls.
 */
final class GenerationCall implements Generations.Generation {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationCall.class);

    /**
     * After the last token comes nothing but the response's end: a round trip, and time for a machine that stands still
     * for a while. Waiting costs a place for a stream; cutting off costs a connection.
     */
    private static final Duration DRAIN = Duration.ofSeconds(10);

    private final EndpointAddress target;
    private final SageMakerClients clients;
    private final Invocation.Generate request;
    private final GenerationListener listener;
    private final TextProgress progress;
    private final Optional<RequestTrace> trace = RequestTrace.current();
    private final AtomicBoolean over = new AtomicBoolean();
    private final LineSplitter lines = new LineSplitter(this::line);
    private volatile @Nullable Exchange exchange;

    /** What is under way. */
    private record Exchange(CompletableFuture<Void> answer, AnswerWatch watch, EventSubscription events) {
        void cutOff() {
            events.cancel();
            if (!watch.begun()) {
                answer.cancel(true);
            }
        }
    }

    GenerationCall(
            EndpointAddress target,
            SageMakerClients clients,
            Invocation.Generate request,
            GenerationListener listener) {
        this.target = target;
        this.clients = clients;
        this.request = request;
        this.listener = listener;
        this.progress = new TextProgress(request.maxTokens());
    }

    GenerationCall start() {
        var _ = attempt(clients.streaming(target), 1);
        return this;
    }

    @Override
    public void close() {
        over.set(true);
        if (progress.ended()) {
            CompletableFuture.delayedExecutor(DRAIN.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::cutOff);
        } else {
            cutOff();
        }
    }

    private CompletableFuture<Void> attempt(SageMakerRuntimeAsyncClient client, int number) {
        var watch = new AnswerWatch();
        var events = new EventSubscription(this::take);
        var handler = InvokeEndpointWithResponseStreamResponseHandler.builder()
                .onEventStream(stream -> stream.subscribe(events))
                .build();
        var answer = client.invokeEndpointWithResponseStream(invocation(watch), handler);
        var begun = new Exchange(answer, watch, events);
        exchange = begun;
        var ended = answer.whenComplete((done, thrown) -> ended(new Attempt(request, number, watch.begun()), thrown));
        if (over.get()) {
            begun.cutOff();
        }
        return ended;
    }

    private InvokeEndpointWithResponseStreamRequest invocation(AnswerWatch watch) {
        return InvokeEndpointWithResponseStreamRequest.builder()
                .endpointName(target.name())
                .contentType("application/json")
                .accept("application/x-ndjson")
                .inferenceId(trace.map(t -> t.trace().hex()).orElse(null))
                .customAttributes(trace.map(RequestTrace::attributes).orElse(null))
                .overrideConfiguration(watch::attach)
                .body(SdkBytes.fromByteArrayUnsafe(InvokeCodec.encode(request)))
                .build();
    }

    private void take(PayloadPart part) {
        try {
            lines.take(part.bytes().asByteArrayUnsafe());
        } catch (RuntimeException invalid) {
            fail(LinkFailures.of(invalid));
        }
    }

    private void line(byte[] line) {
        if (over.get()) {
            return;
        }
        switch (InvokeCodec.decodeReply(line)) {
            case Reply.Generated generated -> {
                progress.add(generated);
                listener.generated(generated);
            }
            case Reply.Failed failed ->
                fail(new LinkFailure(
                        failed.code() + ": " + failed.message(),
                        failed.code() == ReplyCode.OVERLOADED ? LinkLoss.BUSY : LinkLoss.FINAL));
            case Reply.Description other -> fail(unexpected());
            case Reply.Tokenized other -> fail(unexpected());
            case Reply.Scored other -> fail(unexpected());
            case Reply.Exchanged other -> fail(unexpected());
        }
    }

    private static LinkFailure unexpected() {
        return new LinkFailure("the endpoint's stream holds something else than generated tokens", false);
    }

    private void ended(Attempt attempt, @Nullable Throwable thrown) {
        // The SDK's decoder behind it has a buffer of two megabytes.
        exchange = null;
        if (over.get()) {
            return;
        }
        if (thrown == null) {
            end();
        } else if (attempt.goesOutAgain(FailureKind.of(LinkFailures.unwrap(thrown)))) {
            LOG.info("A generation at {} goes out again: {}", target.name(), LinkFailures.detail(thrown));
            Thread.ofVirtual().name("generation-again").start(this::again);
        } else {
            LOG.warn("A generation at {} failed: {}", target.name(), LinkFailures.detail(thrown));
            fail(EndpointFailures.of(target, LinkFailures.unwrap(thrown)).asLinkFailure());
        }
    }

    /** Blocks: making a client takes its time, and closing it waits for its connection. */
    private void again() {
        try (var fresh = clients.fresh(target)) {
            attempt(fresh, 2).join();
        } catch (RuntimeException e) {
            // That the call failed has been told already, and what is told later is not heard.
            fail(LinkFailures.of(e));
        }
    }

    private void end() {
        try {
            lines.flush();
        } catch (RuntimeException invalid) {
            fail(LinkFailures.of(invalid));
            return;
        }
        if (over.compareAndSet(false, true)) {
            listener.ended();
        }
    }

    private void fail(LinkFailure failure) {
        if (over.compareAndSet(false, true)) {
            listener.failed(failure);
            cutOff();
        }
    }

    private void cutOff() {
        Exchange current = exchange;
        if (current != null) {
            current.cutOff();
        }
    }
}
