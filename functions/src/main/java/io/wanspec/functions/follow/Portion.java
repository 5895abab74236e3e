package io.wanspec.functions.follow;

import io.wanspec.functions.session.SessionOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What there is of a text behind what a reader has.
 *
 * @param pieces one a token, those that show nothing included
 * @param end null while there may be more
 */
public record Portion(List<String> pieces, @Nullable SessionOutcome end) {
    public Portion {
        pieces = List.copyOf(pieces);
    }
}
