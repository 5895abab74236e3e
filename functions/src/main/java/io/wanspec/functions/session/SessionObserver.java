package io.wanspec.functions.session;

import io.wanspec.contracts.PassLoad;
import io.wanspec.contracts.SessionId;
import io.wanspec.controller.Action;
import io.wanspec.controller.Event;
import io.wanspec.controller.NoteCode;
import io.wanspec.controller.Progress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Hears what a session does. Called on the session's thread; must not block, but where it says so. One that throws does the session no harm: it is
 * logged, and hears nothing more but the end.
 */
public interface SessionObserver {
    void started(SessionRequest request);

    /** Before {@link #started}: by this the observer may end the session that it watches. */
    default void attached(SessionControl session) {}

    /** Blocks before the first byte goes to the client, until what has to be durable by then is, or cannot be. */
    default void awaitDurable() throws InterruptedException {}

    /**
     * Tokens that are committed, to be remembered.
     *
     * @param position absolute, of the first of them
     */
    void committed(int position, Progress more);

    void noted(SessionId session, NoteCode code, String detail);

    /** The controller was given {@code event}, and has returned {@code actions}, which are carried out next. */
    default void stepped(Event event, List<Action> actions) {}

    /**
     * The endpoint that decodes alone has done a pass: {@link #committed} follows with its tokens.
     *
     * @param load what else the pass did, if the server knows
     */
    default void passed(long passMicros, @Nullable PassLoad load) {}

    /** How the session ends, before the client is told. */
    default void ending(SessionOutcome outcome) {}

    /**
     * The session's end, of which the client has been told already.
     *
     * @param draftsDropped events that found the queue full
     */
    void ended(SessionRequest request, SessionOutcome outcome, long draftsDropped);
}
