package io.wanspec.local.process;

import io.wanspec.emulator.process.BoundedLog;

/** A process did not come up. The message says which, why, what it last wrote, and where the rest is. */
public final class StartException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String reason;

    StartException(String name, String why, BoundedLog log) {
        super(name + " did not start: " + why + ". Its log: " + log.file() + tail(log));
        this.reason = why;
    }

    /** @param message says all of it */
    public StartException(String reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    /** Why, in a few words. */
    public String reason() {
        return reason;
    }

    private static String tail(BoundedLog log) {
        String lines = String.join("\n  ", log.tail());
        return lines.isEmpty() ? "" : "\n  " + lines;
    }
}
