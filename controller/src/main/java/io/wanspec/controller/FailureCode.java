package io.wanspec.controller;

/** Why a request failed. */
public enum FailureCode {
    /** The target endpoint could not be reached (again), or broke the protocol. */
    TARGET_UNAVAILABLE,
    /** The request's time was over. */
    DEADLINE_EXCEEDED
}
