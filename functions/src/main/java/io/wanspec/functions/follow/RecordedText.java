package io.wanspec.functions.follow;

import io.wanspec.controller.SeenText;
import io.wanspec.functions.session.SessionOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text as its record has it.
 *
 * @param seen what each token shows, as a client was told or would have been
 * @param end null if there may be more
 */
public record RecordedText(
        TextStanding standing, SeenText seen, @Nullable SessionOutcome end) {
    public List<String> pieces() {
        return seen.texts();
    }
}
