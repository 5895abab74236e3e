package io.wanspec.controller;

/** Why a request ended. */
public enum FinishReason {
    /** The model ended its answer, or a stop string came. */
    STOP,
    /** The token limit was reached. */
    LENGTH,
    /** The client left. */
    CANCELLED
}
