package io.wanspec.functions.follow;

import io.wanspec.controller.SeenText;
import io.wanspec.functions.session.SessionOutcome;
import java.util.List;

/** How a text becomes the bytes of a stream. Used by one stream, in this order. */
public interface Rendering {
    List<byte[]> begin();

    List<byte[]> pieces(List<String> pieces);

    /** The same with the log-probabilities that were asked for. */
    default List<byte[]> seen(SeenText seen) {
        return pieces(seen.texts());
    }

    List<byte[]> end(SessionOutcome outcome);
}
