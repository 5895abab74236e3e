package io.wanspec.functions.responses;

import io.wanspec.controller.SeenText;
import java.util.Optional;

/**
 * Where a response stands.
 *
 * @param phase of a response without an end
 * @param seen its text, and how likely its tokens are if that was asked for
 */
public record ResponseState(Phase phase, SeenText seen, Optional<TextEnd> end) {
    /** Before the end. */
    public enum Phase {
        QUEUED,
        IN_PROGRESS
    }

    static ResponseState begun(Phase phase) {
        return new ResponseState(phase, SeenText.none(), Optional.empty());
    }

    String text() {
        return String.join("", seen.texts());
    }
}
