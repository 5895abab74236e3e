package io.wanspec.functions.workers;

import java.util.Optional;

/** Where workers get the credentials from with which they dial the relay. Blocks. */
@FunctionalInterface
public interface DialAccess {
    /** Where nobody checks credentials. */
    DialAccess NONE = worker -> Optional.empty();

    /**
     * @param worker for whom, as AWS's own records are to have it
     * @return absent where none are needed
     */
    Optional<JoinOutcome.DialCredentials> credentials(String worker);
}
