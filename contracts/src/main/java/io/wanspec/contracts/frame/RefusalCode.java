package io.wanspec.contracts.frame;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Why a peer refuses a link. */
public enum RefusalCode {
    PROTOCOL_MISMATCH,
    MODEL_MISMATCH,
    BAD_FRAME,
    PREFIX_UNKNOWN,
    CONTEXT_EXCEEDED,
    OVERLOADED,
    INTERNAL,
    /** A code that only a newer peer knows. The reason beside it still says what is wrong. */
    @JsonEnumDefaultValue
    UNKNOWN;

    /** Whether the same request can succeed on a new link. */
    public boolean isTransient() {
        return this == PREFIX_UNKNOWN || this == OVERLOADED || this == INTERNAL;
    }
}
