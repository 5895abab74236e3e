package io.wanspec.local.worker;

import io.wanspec.functions.settings.EndpointAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the API answers to a worker that wants to join. */
sealed interface JoinReply {
    /**
     * It may.
     *
     * @param worker as the relay knows it
     * @param slots that it may offer, as many as it asked for or fewer
     * @param ticket for the relay
     * @param ticketLife how long that is good for
     * @param keys for the call to the relay; absent where none were asked for, or none are needed
     */
    record Joined(
            String worker,
            String site,
            int slots,
            String ticket,
            Duration ticketLife,
            EndpointAddress relay,
            Optional<DialKeys> keys)
            implements JoinReply {}

    /** It may not, and no second try will help. */
    record Denied(String sentence) implements JoinReply {}

    /** Not now. */
    record Later(String reason) implements JoinReply {}

    /** AWS credentials. */
    record DialKeys(String accessKeyId, String secretAccessKey, String sessionToken, Instant expiresAt) {
        /** This may end up in a log. */
        @Override
        public String toString() {
            return "DialKeys[" + accessKeyId + "]";
        }
    }
}
