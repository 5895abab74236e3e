package io.wanspec.functions.link;

import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.functions.settings.EndpointAddress;
import io.wanspec.functions.settings.OnSite;
import io.wanspec.functions.trace.RequestTrace;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.SageMakerRuntimeAsyncClient;

/** Requests with one answer to model endpoints. Blocks: call from virtual threads. */
public final class EndpointCalls {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointCalls.class);

    /** For all tries together. Tokenizing the longest prompt takes milliseconds; the rest is for a cold endpoint. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** For passes over the longest prompt that is scored: a little more than SageMaker gives a container for its answer. */
    private static final Duration SCORE_TIMEOUT = Duration.ofSeconds(65);

    private final SageMakerClients clients;

    /** Until when an answer is waited for. */
    private record Deadline(Duration limit, long nanos) {
        static Deadline in(Duration limit) {
            return new Deadline(limit, System.nanoTime() + limit.toNanos());
        }

        boolean isPassedIn(long nanosLater) {
            return System.nanoTime() + nanosLater - nanos >= 0;
        }
    }

    /** What came of one try. */
    private sealed interface Outcome {
        record Answered(Reply reply) implements Outcome {}

        record Failed(Attempt attempt, Throwable cause) implements Outcome {
            boolean goesOutAgain() {
                return attempt.goesOutAgain(FailureKind.of(cause));
            }
        }
    }

    public EndpointCalls(SageMakerClients clients) {
        this.clients = clients;
    }

    /** @throws EndpointException if there is no usable answer */
    public Reply.Description describe(EndpointAddress endpoint) {
        return describe(endpoint, Optional.empty());
    }

    /**
     * @param tokenizer of the target, if it is known: where there are several workers, one that fits is described
     * @throws EndpointException if there is no usable answer
     */
    Reply.Description describe(EndpointAddress endpoint, Optional<String> tokenizer) {
        return expect(Reply.Description.class, call(endpoint, question(endpoint.site(), tokenizer)));
    }

    private static Invocation.Describe question(@Nullable OnSite site, Optional<String> tokenizer) {
        return site == null
                ? new Invocation.Describe(ProtocolVersion.CURRENT)
                : new Invocation.Describe(
                        ProtocolVersion.CURRENT, site.name(), site.pass(Instant.now()), tokenizer.orElse(null));
    }

    /** @throws EndpointException if there is no usable answer */
    public Reply.Tokenized tokenize(EndpointAddress endpoint, Invocation.Tokenize request) {
        try {
            return expect(Reply.Tokenized.class, patientCall(endpoint, request, TIMEOUT));
        } catch (EndpointException e) {
            if (!e.isRequestAtFault()) {
                LOG.warn("A prompt was not tokenized, {}: {}", e.getMessage(), LinkFailures.detail(e.getCause()));
            }
            throw e;
        }
    }

    /**
     * Not asked again while it may still be computed; only a server that was too busy to begin is.
     *
     * @throws EndpointException if there is no usable answer
     */
    public Reply.Scored score(EndpointAddress endpoint, Invocation.Score request) {
        return expect(Reply.Scored.class, patientCall(endpoint, request, SCORE_TIMEOUT));
    }

    /** A request that was let in is served: a busy endpoint is asked again for as long as a call may take. */
    private Reply patientCall(EndpointAddress endpoint, Invocation invocation, Duration limit) {
        Deadline deadline = Deadline.in(limit);
        for (int times = 0; ; times++) {
            try {
                return call(endpoint, invocation, deadline);
            } catch (EndpointException e) {
                long pauseNanos = BusyBackoff.pause(times).toNanos();
                if (!e.isBusy() || deadline.isPassedIn(pauseNanos)) {
                    throw e;
                }
                LockSupport.parkNanos(pauseNanos);
            }
        }
    }

    private Reply call(EndpointAddress endpoint, Invocation invocation) {
        return call(endpoint, invocation, Deadline.in(TIMEOUT));
    }

    private Reply call(EndpointAddress endpoint, Invocation invocation, Deadline deadline) {
        Outcome outcome = attempt(clients.unary(endpoint), endpoint, invocation, 1, deadline);
        if (outcome instanceof Outcome.Failed first && first.goesOutAgain()) {
            LOG.info("A call to endpoint {} goes out again: {}", endpoint.name(), LinkFailures.detail(first.cause()));
            try (var fresh = clients.fresh(endpoint)) {
                outcome = attempt(fresh, endpoint, invocation, 2, deadline);
            }
        }
        return switch (outcome) {
            case Outcome.Answered(Reply reply) -> reply;
            case Outcome.Failed failed -> throw EndpointFailures.of(endpoint, failed.cause());
        };
    }

    /**
     * A call that is given up is left to its end: cancelling it through the SDK could close its connection just when the
     * next call has it ({@link GenerationCall} says how). The client's read timeout bounds it.
     */
    private static Outcome attempt(
            SageMakerRuntimeAsyncClient client,
            EndpointAddress endpoint,
            Invocation invocation,
            int number,
            Deadline deadline) {
        var watch = new AnswerWatch();
        Optional<RequestTrace> trace = RequestTrace.current();
        var answer = client.invokeEndpoint(request -> request.endpointName(endpoint.name())
                .inferenceId(trace.map(t -> t.trace().hex()).orElse(null))
                .customAttributes(trace.map(RequestTrace::attributes).orElse(null))
                .contentType("application/json")
                .accept("application/json")
                .overrideConfiguration(watch::attach)
                .body(SdkBytes.fromByteArrayUnsafe(InvokeCodec.encode(invocation))));
        try {
            var response = answer.get(deadline.nanos() - System.nanoTime(), TimeUnit.NANOSECONDS);
            return new Outcome.Answered(decode(response.body().asByteArrayUnsafe()));
        } catch (ExecutionException e) {
            return new Outcome.Failed(new Attempt(invocation, number, watch.begun()), LinkFailures.unwrap(e));
        } catch (TimeoutException e) {
            throw EndpointException.unavailable(
                    "endpoint " + endpoint.name() + " did not answer in "
                            + deadline.limit().toSeconds() + " s",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw EndpointException.unavailable("interrupted", e);
        }
    }

    private static Reply decode(byte[] body) {
        try {
            return InvokeCodec.decodeReply(body);
        } catch (IllegalArgumentException e) {
            throw EndpointException.unavailable("the endpoint's answer is not understood", e);
        }
    }

    private static <T extends Reply> T expect(Class<T> type, Reply reply) {
        if (type.isInstance(reply)) {
            return type.cast(reply);
        }
        if (reply instanceof Reply.Failed failed) {
            throw EndpointException.refused(failed);
        }
        throw EndpointException.unavailable("the endpoint answered something else than asked", null);
    }
}
