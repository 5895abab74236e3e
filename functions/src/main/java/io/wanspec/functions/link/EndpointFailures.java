package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.InvokeCodec;
import io.wanspec.contracts.invoke.Reply;
import io.wanspec.functions.settings.EndpointAddress;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;

/** From what the SDK throws at a call to what is wrong with the endpoint, or with the request. */
final class EndpointFailures {
    private EndpointFailures() {}

    static EndpointException of(EndpointAddress endpoint, Throwable cause) {
        Reply.@Nullable Failed refusal = cause instanceof ModelErrorException model ? refusal(model) : null;
        if (refusal != null) {
            return EndpointException.refused(refusal.field(), refusal.message());
        }
        String words = FailureKind.of(cause).words();
        return EndpointException.unavailable("endpoint " + endpoint.name() + ": " + words, cause);
    }

    /** The runtime wraps a model server's refusal into an error of its own, with the server's body as a text. */
    private static Reply.@Nullable Failed refusal(ModelErrorException model) {
        Integer status = model.originalStatusCode();
        String body = model.originalMessage();
        boolean requestAtFault = status != null && status >= 400 && status < 500 && status != 429;
        return requestAtFault && body != null ? failed(body) : null;
    }

    private static Reply.@Nullable Failed failed(String body) {
        try {
            return InvokeCodec.decodeReply(body.getBytes(StandardCharsets.UTF_8)) instanceof Reply.Failed failed
                    ? failed
                    : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
