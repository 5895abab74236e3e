package io.wanspec.functions.responses;

import java.util.List;
import java.util.Optional;

/**
 * Where a response stands.
 *
 * @param phase of a response without an end
 * @param pieces of its text, one for each token that shows any
 */
public record ResponseState(Phase phase, List<String> pieces, Optional<TextEnd> end) {
    /** Before the end. */
    public enum Phase {
        QUEUED,
        IN_PROGRESS
    }

    public ResponseState {
        pieces = List.copyOf(pieces);
    }

    static ResponseState begun(Phase phase) {
        return new ResponseState(phase, List.of(), Optional.empty());
    }

    String text() {
        return String.join("", pieces);
    }
}
