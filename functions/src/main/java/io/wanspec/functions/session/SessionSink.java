package io.wanspec.functions.session;

import io.wanspec.controller.SeenText;
import java.util.List;

/** Takes what a session produces, on the session's thread. It may block for as long as a client may leave text unread. */
public interface SessionSink {
    /**
     * Text to be given to the client.
     *
     * @param pieces what each token shows, one or more; those of tokens that show nothing are empty. How the text is cut into
     *     pieces depends on the text alone, how many come at once does not
     * @return false if the client does not take it any more
     */
    boolean text(List<String> pieces);

    /** The same with the log-probabilities of tokens, for who wants them. */
    default boolean seen(SeenText more) {
        return text(more.texts());
    }

    /** How it ended; the last call. */
    void ended(SessionOutcome outcome);
}
