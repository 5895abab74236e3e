package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import io.wanspec.functions.settings.EndpointAddress;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.sagemakerruntime.model.ModelErrorException;

/** From what the SDK throws at a call to what is wrong with the endpoint, or with the request. */
final class EndpointFailures {
    private EndpointFailures() {}

    static EndpointException of(EndpointAddress endpoint, Throwable cause) {
        Reply.@Nullable Failed refusal = cause instanceof ModelErrorException model ? refusal(model) : null;
        if (refusal != null) {
            return EndpointException.refused(refusal);
        }
        FailureKind kind = FailureKind.of(cause);
        return EndpointException.unavailable("endpoint " + endpoint.name() + ": " + kind.words(), kind.loss(), cause);
    }

    private static Reply.@Nullable Failed refusal(ModelErrorException model) {
        Integer status = model.originalStatusCode();
        boolean requestAtFault = status != null && status >= 400 && status < 500 && status != 429;
        Reply.@Nullable Failed refusal = requestAtFault ? ModelRefusals.of(model) : null;
        // Whoever waits for something is at no fault, and nor is the request.
        return refusal != null && refusal.code() == ReplyCode.LOADING ? null : refusal;
    }
}
