package io.wanspec.functions.jobs;

import org.jspecify.annotations.Nullable;

/** The queue cannot be used now. */
public final class JobQueueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JobQueueException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
