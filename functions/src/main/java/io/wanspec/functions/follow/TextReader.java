package io.wanspec.functions.follow;

import io.wanspec.controller.SeenText;
import io.wanspec.functions.session.SessionOutcome;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text's record as it grows: nothing but its head while there is no news, and of the text only what is new. Used by one
 * thread. Blocks; throws the SDK's exceptions if the table does not answer.
 */
public interface TextReader {
    /** Looks at the record; absent if there is none. Who looks often takes turns with everything else that calls the table. */
    Optional<TextStanding> look() throws InterruptedException;

    /** What the tokens from this one on show, as of the last look. */
    List<String> from(int piece);

    /** The same with the log-probabilities that were asked for. */
    default SeenText seenFrom(int piece) {
        return SeenText.of(from(piece));
    }

    /** How the text had ended by then; null if there may be more. */
    @Nullable
    SessionOutcome end();
}
