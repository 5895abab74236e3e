package io.wanspec.functions.link;

import io.wanspec.contracts.ProtocolVersion;
import io.wanspec.contracts.invoke.Invocation;
import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.functions.settings.EndpointAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;

/** Unary requests to model endpoints. Blocks: call from virtual threads. */
public final class EndpointCalls {
    /** Tokenizing the longest prompt takes milliseconds; the rest is for a cold endpoint. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final SageMakerClients clients;

    public EndpointCalls(SageMakerClients clients) {
        this.clients = clients;
    }

    /** @throws EndpointException if there is no usable answer */
    public Reply.Description describe(EndpointAddress endpoint) {
        return expect(Reply.Description.class, call(endpoint, new Invocation.Describe(ProtocolVersion.CURRENT)));
    }

    /** @throws EndpointException if there is no usable answer */
    public Reply.Tokenized tokenize(EndpointAddress endpoint, Invocation.Tokenize request) {
        return expect(Reply.Tokenized.class, call(endpoint, request));
    }

    private Reply call(EndpointAddress endpoint, Invocation invocation) {
        var answer = clients.unary(endpoint)
                .invokeEndpoint(request -> request.endpointName(endpoint.name())
                        .contentType("application/json")
                        .accept("application/json")
                        .body(SdkBytes.fromByteArrayUnsafe(InvokeCodec.encode(invocation))));
        try {
            return decode(
                    answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS).body().asByteArrayUnsafe());
        } catch (ExecutionException e) {
            throw failure(endpoint, LinkFailures.unwrap(e));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw EndpointException.unavailable(
                    "endpoint " + endpoint.name() + " did not answer in " + TIMEOUT.toSeconds() + " s", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw EndpointException.unavailable("interrupted", e);
        }
    }

    private static Reply decode(byte[] body) {
        try {
            return InvokeCodec.decodeReply(body);
        } catch (IllegalArgumentException e) {
            throw EndpointException.unavailable("the endpoint's answer is not understood: " + e.getMessage(), e);
        }
    }

    private static <T extends Reply> T expect(Class<T> type, Reply reply) {
        if (type.isInstance(reply)) {
            return type.cast(reply);
        }
        if (reply instanceof Reply.Failed failed) {
            throw EndpointException.refused(failed.field(), failed.message());
        }
        throw EndpointException.unavailable("the endpoint answered something else than asked", null);
    }

    /** The runtime wraps a model server's refusal into an error of its own, with the server's body as a text. */
    static EndpointException failure(EndpointAddress endpoint, Throwable cause) {
        if (cause instanceof ModelErrorException model) {
            Reply.@Nullable Failed failed = failed(model.originalMessage());
            Integer status = model.originalStatusCode();
            if (failed != null && status != null && status >= 400 && status < 500 && status != 429) {
                return EndpointException.refused(failed.field(), failed.message());
            }
        }
        return EndpointException.unavailable("endpoint " + endpoint.name() + ": " + LinkFailures.reason(cause), cause);
    }

    private static Reply.@Nullable Failed failed(@Nullable String body) {
        if (body == null) {
            return null;
        }
        try {
            return InvokeCodec.decodeReply(body.getBytes(StandardCharsets.UTF_8)) instanceof Reply.Failed failed
                    ? failed
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
