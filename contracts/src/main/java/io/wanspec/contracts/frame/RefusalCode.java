package io.wanspec.contracts.frame;

/** Why a peer refuses a link. */
public enum RefusalCode {
    PROTOCOL_MISMATCH,
    MODEL_MISMATCH,
    BAD_FRAME,
    PREFIX_UNKNOWN,
    CONTEXT_EXCEEDED,
    OVERLOADED,
    INTERNAL;

    /** Whether the same request can succeed on a new link. */
    public boolean isTransient() {
        return this == PREFIX_UNKNOWN || this == OVERLOADED || this == INTERNAL;
    }
}
