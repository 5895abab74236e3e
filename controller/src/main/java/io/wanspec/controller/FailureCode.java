package io.wanspec.controller;

/** Why a request failed. */
public enum FailureCode {
    /** The target endpoint could not be reached (again), or broke the protocol. */
    TARGET_UNAVAILABLE,
    /** The target endpoint has no instance in service yet: minutes later the same request can succeed. */
    TARGET_STARTING,
    /** The request's time was over. */
    DEADLINE_EXCEEDED
}
