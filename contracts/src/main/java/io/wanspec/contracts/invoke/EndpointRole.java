package io.wanspec.contracts.invoke;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;
import com.fasterxml.jackson.annotation.JsonProperty;

/** What a model server does on its duplex streams. */
public enum EndpointRole {
    /** Verifies drafts; the text is this model's. */
    @JsonProperty("target")
    TARGET,
    /** Drafts for a target. */
    @JsonProperty("draft")
    DRAFT,
    /** A role that only a newer server knows. It can be read, so that it can be refused by name, but never used. */
    @JsonEnumDefaultValue
    @JsonProperty("unknown")
    UNKNOWN
}
