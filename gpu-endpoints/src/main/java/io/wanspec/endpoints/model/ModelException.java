package io.wanspec.endpoints.model;

/** A model that cannot be loaded; the message is one sentence for the operator. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ModelException(String message) {
        super(message);
    }

    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
