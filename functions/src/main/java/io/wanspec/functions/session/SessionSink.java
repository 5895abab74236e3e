package io.wanspec.functions.session;

/** Takes what a session produces, on the session's thread. It may block for as long as a client may leave text unread. */
public interface SessionSink {
    /**
     * Text to be given to the client, never empty.
     *
     * @return false if the client does not take it any more
     */
    boolean text(String text);

    /** How it ended; the last call. */
    void ended(SessionOutcome outcome);
}
