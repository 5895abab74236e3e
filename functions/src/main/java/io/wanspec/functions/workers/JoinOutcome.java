package io.wanspec.functions.workers;

import io.wanspec.contracts.relay.Ticket;
import io.wanspec.functions.settings.EndpointAddress;
import java.time.Instant;
import java.util.Optional;

/** What a worker is told that wants to join. */
public sealed interface JoinOutcome {
    /**
     * It may.
     *
     * @param sealed the ticket as the relay takes it
     * @param relay where to dial
     * @param credentials for that; absent where none were asked for, or none are needed
     */
    record Admitted(Ticket ticket, String sealed, EndpointAddress relay, Optional<DialCredentials> credentials)
            implements JoinOutcome {}

    /** It has left. */
    record Left() implements JoinOutcome {}

    /** The token opens nothing, or is none of workers. */
    record NoToken() implements JoinOutcome {}

    /** As many as the token lets in are there, or as many slots taken. */
    record Full(String sentence) implements JoinOutcome {}

    /**
     * AWS credentials that let whoever has them open streams to the relay, and nothing else.
     *
     * @param expiresAt when they end
     */
    record DialCredentials(String accessKeyId, String secretAccessKey, String sessionToken, Instant expiresAt) {
        /** This may end up in a log. */
        @Override
        public String toString() {
            return "DialCredentials[" + accessKeyId + "]";
        }
    }
}
