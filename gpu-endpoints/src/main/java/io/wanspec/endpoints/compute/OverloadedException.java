package io.wanspec.endpoints.compute;

/** There is no room for more at present. */
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String remedy;

    OverloadedException(String message) {
        super(message);
        remedy = message;
    }

    /** What the peer may be told. */
    public String remedy() {
        return remedy;
    }
}
