package io.wanspec.contracts.timeline;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Where a committed token came from. */
public enum TokenSource {
    /** A draft from across the network. */
    REMOTE,
    /** A draft from beside the target. */
    BUSY,
    /** A draft without a model: from the prompt, the text so far, or the request's prediction. */
    LOOKUP,
    /** The target's own. */
    TARGET;

    @JsonValue
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
