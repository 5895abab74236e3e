package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.FrameJson;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.trace.RequestTrace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeAsyncClient;
import software.amazon.awssdk.services.sagemakerruntime.model.InvokeEndpointResponse;

/**
 * The calls of one link that have one answer. SageMaker is asked for a session, so that they all reach the instance that knows
 * the link; where it gives none, they reach any. Blocks: for a link's own thread.
 *
 * <p>A call that nobody waits for any more is cut off, so that a busy model server does not go on for nobody. As in {@link
 * GenerationCall} its future is cancelled, and only before its answer has begun: harm needs the whole answer in that very moment,
 * and can only befall another link's call, which goes out again; these calls share their connections with no others.
 */
final class LinkExchanges {
    private static final String NEW_SESSION = "NEW_SESSION";

    /** A little more than SageMaker gives a container for its answer. */
    private static final Duration ANSWER = Duration.ofSeconds(65);

    /** Nobody waits for the answer to a goodbye, but it holds a connection. */
    private static final Duration GOODBYE = Duration.ofSeconds(5);

    private final EndpointAddress endpoint;
    private final SageMakerClients clients;
    private final IntConsumer byteCounter;
    private final Duration patience;
    private final Optional<RequestTrace> trace = RequestTrace.current();
    private volatile @Nullable String session;

    /** One that is under way. */
    private record Exchanging(CompletableFuture<InvokeEndpointResponse> answer, AnswerWatch watch) {
        void cutOff() {
            if (!watch.begun()) {
                answer.cancel(true);
            }
        }
    }

    LinkExchanges(EndpointAddress endpoint, SageMakerClients clients, IntConsumer byteCounter) {
        this(endpoint, clients, byteCounter, ANSWER);
    }

    /** @param patience how long an answer is waited for */
    LinkExchanges(EndpointAddress endpoint, SageMakerClients clients, IntConsumer byteCounter, Duration patience) {
        this.patience = patience;
        this.endpoint = endpoint;
        this.clients = clients;
        this.byteCounter = byteCounter;
    }

    /** The session that SageMaker has opened for the link, if it has. */
    @Nullable
    String session() {
        return session;
    }

    /** The next call opens a session of its own. */
    void leaveSession() {
        session = null;
    }

    /**
     * Goes out once more, on a connection that nobody used before, if its connection broke before the answer began.
     *
     * @param opens whether it opens the link, and with it a session
     * @return the answers to its frames
     * @throws InterruptedException if the link is closed: the call is cut off
     */
    List<FrameJson> call(Invocation.Exchange call, boolean opens) throws InterruptedException, ExecutionException {
        var watch = new AnswerWatch();
        try {
            return attempt(clients.exchanges(endpoint), call, opens, watch);
        } catch (ExecutionException first) {
            FailureKind kind = FailureKind.of(LinkFailures.unwrap(first));
            if (!new Attempt(call, 1, watch.begun()).goesOutAgain(kind)) {
                throw first;
            }
            try (var fresh = clients.fresh(endpoint)) {
                return attempt(fresh, call, opens, watch);
            }
        }
    }

    /** Frees the instance; whether it hears of that does not matter. */
    void leave(Invocation.Exchange goodbye) {
        byte[] body = InvokeCodec.encode(goodbye);
        var watch = new AnswerWatch();
        var answer = clients.exchanges(endpoint)
                .invokeEndpoint(request -> request.endpointName(endpoint.name())
                        .contentType("application/json")
                        .sessionId(session)
                        .overrideConfiguration(watch::attach)
                        .body(SdkBytes.fromByteArrayUnsafe(body)));
        CompletableFuture.delayedExecutor(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)
                .execute(new Exchanging(answer, watch)::cutOff);
    }

    private List<FrameJson> attempt(
            SageMakerRuntimeAsyncClient client, Invocation.Exchange call, boolean opens, AnswerWatch watch)
            throws InterruptedException, ExecutionException {
        byte[] body = InvokeCodec.encode(call);
        byteCounter.accept(body.length);
        var answer = client.invokeEndpoint(request -> request.endpointName(endpoint.name())
                .contentType("application/json")
                .accept("application/json")
                .sessionId(opens ? NEW_SESSION : session)
                .inferenceId(trace.map(t -> t.trace().hex()).orElse(null))
                .customAttributes(trace.map(RequestTrace::attributes).orElse(null))
                .overrideConfiguration(watch::attach)
                .body(SdkBytes.fromByteArrayUnsafe(body)));
        var underWay = new Exchanging(answer, watch);
        try {
            return frames(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS), opens);
        } catch (TimeoutException e) {
            underWay.cutOff();
            throw new ExecutionException(e);
        } catch (InterruptedException e) {
            underWay.cutOff();
            throw e;
        }
    }

    private List<FrameJson> frames(InvokeEndpointResponse response, boolean opens) throws ExecutionException {
        byte[] body = response.body().asByteArrayUnsafe();
        byteCounter.accept(body.length);
        if (opens) {
            String named = response.newSessionId();
            session = named == null ? null : named.split(";", 2)[0].strip();
        }
        if (InvokeCodec.decodeReply(body) instanceof Reply.Exchanged(List<FrameJson> frames)) {
            if (frames.isEmpty()) {
                throw new ExecutionException(new IOException("the server gave the link up"));
            }
            return frames;
        }
        throw new ExecutionException(new IllegalArgumentException("the endpoint answered something else than frames"));
    }
}
