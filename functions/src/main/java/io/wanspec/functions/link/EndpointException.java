package io.wanspec.functions.link;

import io.wanspec.controller.LinkLoss;
import org.jspecify.annotations.Nullable;

/** An endpoint did not answer a request, or refused it. */
public final class EndpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean requestAtFault;
    private final String field;
    private final LinkLoss loss;

    private EndpointException(
            String message, boolean requestAtFault, String field, LinkLoss loss, @Nullable Throwable cause) {
        super(message, cause);
        this.loss = loss;
        this.requestAtFault = requestAtFault;
        this.field = field;
    }

    static EndpointException unavailable(String message, @Nullable Throwable cause) {
        return unavailable(message, LinkLoss.BROKEN, cause);
    }

    static EndpointException unavailable(String message, LinkLoss loss, @Nullable Throwable cause) {
        return new EndpointException(message, false, "", loss, cause);
    }

    static EndpointException refused(String field, String message) {
        return new EndpointException(message, true, field, LinkLoss.FINAL, null);
    }

    /** Whether the same request would be refused again. */
    public boolean isRequestAtFault() {
        return requestAtFault;
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
