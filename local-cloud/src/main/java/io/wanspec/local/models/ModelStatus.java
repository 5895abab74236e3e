package io.wanspec.local.models;

import java.nio.file.Path;

/**
 * A line of {@code model list}.
 *
 * @param bytes on disk, or that a fetch would take, if not there
 * @param path where it lies, or will lie
 */
public record ModelStatus(KnownModel model, State state, long bytes, Path path) {
    /** Whether it can be used. */
    public enum State {
        READY("ready"),
        NOT_FETCHED("not fetched"),
        DAMAGED("damaged: pull it again"),
        MISSING("missing from the checkout");

        private final String words;

        State(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }
}
