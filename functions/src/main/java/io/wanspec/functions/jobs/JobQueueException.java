package io.wanspec.functions.jobs;

/** The queue cannot be used now. */
public final class JobQueueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JobQueueException(String message, Throwable cause) {
        super(message, cause);
    }
}
