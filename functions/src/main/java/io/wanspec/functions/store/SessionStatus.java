package io.wanspec.functions.store;

/** Where a session stands. */
public enum SessionStatus {
    RUNNING,
    FINISHED,
    FAILED,
    CANCELLED
}
