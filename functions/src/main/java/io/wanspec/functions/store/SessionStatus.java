package io.wanspec.functions.store;

/** Where a session stands. */
public enum SessionStatus {
    /** A function works at it, or another one may. */
    RUNNING,
    FINISHED,
    FAILED,
    CANCELLED,
    /** Its function was lost, and nobody went on with it in time. */
    INCOMPLETE
}
