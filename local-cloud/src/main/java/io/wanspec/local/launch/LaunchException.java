package io.wanspec.local.launch;

/** The local cloud did not come up. The message says what failed and the remedy. */
public final class LaunchException extends Exception {
    private static final long serialVersionUID = 1L;

    private final boolean modelMissing;

    public LaunchException(String message, Throwable cause, boolean modelMissing) {
        super(message, cause);
        this.modelMissing = modelMissing;
    }

    /** Nothing is missing but what the message asks for. */
    public LaunchException(String message) {
        super(message);
        this.modelMissing = false;
    }

    /** For want of a model, and nothing else. */
    public boolean isModelMissing() {
        return modelMissing;
    }
}
