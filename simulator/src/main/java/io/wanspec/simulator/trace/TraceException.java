package io.wanspec.simulator.trace;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Text that is no valid trace. The message names the line, and the field where there is one. */
public final class TraceException extends IOException {
    private static final long serialVersionUID = 1L;

    private TraceException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    static TraceException at(int line, String detail) {
        return at(line, detail, null);
    }

    static TraceException at(int line, String detail, @Nullable Throwable cause) {
        return new TraceException("line " + line + ": " + detail, cause);
    }
}
