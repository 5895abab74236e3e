package io.wanspec.contracts.timeline;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which way a frame goes, seen from the controller. */
public enum FrameDirection {
    /** To a worker. */
    OUT,
    /** From a worker. */
    IN;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
