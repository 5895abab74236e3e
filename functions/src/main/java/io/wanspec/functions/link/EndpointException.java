package io.wanspec.functions.link;

import io.wanspec.contracts.invoke.Reply;
import io.wanspec.contracts.invoke.ReplyCode;
import io.wanspec.controller.LinkLoss;
import org.jspecify.annotations.Nullable;

/** An endpoint did not answer a request, or refused it. */
public final class EndpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean requestAtFault;
    private final String field;
    private final LinkLoss loss;
    private final boolean contextExceeded;

    private EndpointException(
            String message,
            boolean requestAtFault,
            String field,
            LinkLoss loss,
            boolean contextExceeded,
            @Nullable Throwable cause) {
        super(message, cause);
        this.loss = loss;
        this.requestAtFault = requestAtFault;
        this.field = field;
        this.contextExceeded = contextExceeded;
    }

    static EndpointException unavailable(String message, @Nullable Throwable cause) {
        return unavailable(message, LinkLoss.BROKEN, cause);
    }

    static EndpointException unavailable(String message, LinkLoss loss, @Nullable Throwable cause) {
        return new EndpointException(message, false, "", loss, false, cause);
    }

    static EndpointException refused(Reply.Failed failed) {
        boolean contextExceeded = failed.code() == ReplyCode.CONTEXT_EXCEEDED;
        return new EndpointException(failed.message(), true, failed.field(), LinkLoss.FINAL, contextExceeded, null);
    }

    /** Whether the same request would be refused again. */
    public boolean isRequestAtFault() {
        return requestAtFault;
    }

    /** Whether the prompt has more tokens than can be served. */
    public boolean isContextExceeded() {
        return contextExceeded;
    }

    /** Whether it has no instance in service yet: minutes later the same request can succeed. */
    public boolean isStarting() {
        return loss == LinkLoss.STARTING;
    }

    /** As the end of a stream: what is wrong with a request may be right in another. */
    LinkFailure asLinkFailure() {
        return new LinkFailure(String.valueOf(getMessage()), requestAtFault ? LinkLoss.BROKEN : loss);
    }

    /** Whether it has too much to do now. */
    boolean isBusy() {
        return loss == LinkLoss.BUSY;
    }

    /** The request's field at fault, or empty. */
    public String field() {
        return field;
    }
}
