package io.wanspec.functions.follow;

import io.wanspec.contracts.SessionId;

/** There is no such text any more: it was deleted, or its time is over. */
public final class MissingTextException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MissingTextException(SessionId session) {
        super("there is no text of session " + session + " any more");
    }
}
