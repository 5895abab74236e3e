package io.wanspec.functions.follow;

import io.wanspec.controller.SeenText;
import io.wanspec.functions.session.SessionOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a text behind what a reader has.
 *
 * @param seen one piece a token, those that show nothing included
 * @param end null while there may be more
 */
public record Portion(SeenText seen, @Nullable SessionOutcome end) {
    /** Text alone. */
    public Portion(List<String> pieces, @Nullable SessionOutcome end) {
        this(SeenText.of(pieces), end);
    }

    public List<String> pieces() {
        return seen.texts();
    }
}
