package io.wanspec.functions.workers;

import io.wanspec.functions.access.KeyVerdict;
import io.wanspec.functions.access.KeyVerifier;
import java.util.Optional;

/**
 * The tokens of workers, checked where no key is asked for.
 *
 * @param tokens checks what was shown
 * @param joining lets in who has shown one
 */
public record WayIn(KeyVerifier tokens, Joining joining) {
    /** Whose token this is: its id, or why it is nobody's. */
    public KeyVerdict verify(Optional<String> authorization) {
        return tokens.verify(authorization);
    }
}
