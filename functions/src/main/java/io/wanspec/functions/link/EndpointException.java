package io.wanspec.functions.link;

import org.jspecify.annotations.Nullable;

/** An endpoint did not answer a request, or refused it. */
public final class EndpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean requestAtFault;
    private final String field;

    private EndpointException(String message, boolean requestAtFault, String field, @Nullable Throwable cause) {
        super(message, cause);
        this.requestAtFault = requestAtFault;
        this.field = field;
    }

    static EndpointException unavailable(String message, @Nullable Throwable cause) {
        return new EndpointException(message, false, "", cause);
    }

    static EndpointException refused(String field, String message) {
        return new EndpointException(message, true, field, null);
    }

    /** Whether the same request would be refused again. */
    public boolean isRequestAtFault() {
        return requestAtFault;
    }

    /** The request's field at fault, or empty. */
    public String field() {
        return field;
    }
}
