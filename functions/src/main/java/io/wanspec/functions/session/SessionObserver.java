package io.wanspec.functions.session;

import io.wanspec.contracts.SessionId;
import io.wanspec.contracts.Tokens;
import io.wanspec.controller.NoteCode;
import java.util.List;

/**
 * Hears what a session does. Called on the session's thread; must not block. One that throws does the session no harm: it is
 * logged, and hears nothing more but the end.
 */
public interface SessionObserver {
    void started(SessionRequest request);

    /**
     * Tokens that are committed, to be remembered.
     *
     * @param position absolute, of the first of {@code tokens}
     * @param pieces the target's own, one a token, in which no stop string has been looked for
     */
    void committed(int position, Tokens tokens, List<String> pieces);

    void noted(SessionId session, NoteCode code, String detail);

    /**
     * The session's end, of which the client has been told already.
     *
     * @param draftsDropped events that found the queue full
     */
    void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped);
}
