package io.wanspec.functions.follow;

import io.wanspec.functions.session.SessionOutcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A text as its record has it.
 *
 * @param begun whether a function has taken it up at all
 * @param pieces what each token shows, as a client was told or would have been
 * @param end null if there may be more
 * @param lapsed whether nobody makes more of it now, and whoever wants to may go on
 */
public record RecordedText(
        boolean begun, List<String> pieces, @Nullable SessionOutcome end, boolean lapsed) {
    public RecordedText {
        pieces = List.copyOf(pieces);
    }
}
