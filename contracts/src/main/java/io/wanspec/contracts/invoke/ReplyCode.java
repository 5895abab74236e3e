package io.wanspec.contracts.invoke;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** Why a model server did not do what an {@link Invocation} asked for. */
public enum ReplyCode {
    /** The request is malformed, too large, or says something that cannot be. */
    BAD_REQUEST,
    /** A token id beyond the model's vocabulary. */
    BAD_FRAME,
    /** Prompt and completion together do not fit the model's context. */
    CONTEXT_EXCEEDED,
    /** No such route. */
    NOT_FOUND,
    /** The route exists, but not with this HTTP method. */
    METHOD_NOT_ALLOWED,
    /** Something failed that should not. */
    INTERNAL,
    /** The model is still being loaded. */
    LOADING,
    /** Too much is queued. */
    OVERLOADED,
    /** A code that only a newer server knows. Status and message say enough to go on. */
    @JsonEnumDefaultValue
    UNKNOWN
}
