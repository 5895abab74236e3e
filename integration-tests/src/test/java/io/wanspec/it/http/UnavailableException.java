package io.wanspec.it.http;

import java.io.IOException;
import java.io.Serial;

/** The server says that it cannot serve now, and that the same may be asked again. */
public final class UnavailableException extends IOException {
    @Serial
    private static final long serialVersionUID = 1;

    UnavailableException(String said) {
        super(said);
    }
}
