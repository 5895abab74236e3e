package io.wanspec.local.models;

import org.jspecify.annotations.Nullable;

/** A model cannot be had. The message is one or two sentences for the user: what failed, and the remedy. */
public final class ModelException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What went wrong, as far as a program cares. */
    public enum Kind {
        UNKNOWN_MODEL(false),
        NO_PIP(false),
        DISK_FULL(false),
        UNWRITABLE(false),
        MISSING_FROM_REPOSITORY(false),
        NETWORK(true),
        NOT_OFFERED(false),
        FETCH_FAILED(true),
        DAMAGED(true);

        private final boolean worthRetrying;

        Kind(boolean worthRetrying) {
            this.worthRetrying = worthRetrying;
        }

        /** Whether the same fetch may succeed a moment later. */
        public boolean worthRetrying() {
            return worthRetrying;
        }
    }

    private final Kind kind;

    public ModelException(Kind kind, String message) {
        this(kind, message, null);
    }

    public ModelException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The message, never null. */
    public String sentence() {
        String message = getMessage();
        return message == null ? kind.name() : message;
    }
}
