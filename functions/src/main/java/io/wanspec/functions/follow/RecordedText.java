package io.wanspec.functions.follow;

import io.wanspec.functions.session.SessionOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text as its record has it.
 *
 * @param pieces what each token shows, as a client was told or would have been
 * @param end null if there may be more
 */
public record RecordedText(
        TextStanding standing,
        List<String> pieces,
        @Nullable SessionOutcome end) {
    public RecordedText {
        pieces = List.copyOf(pieces);
    }
}
