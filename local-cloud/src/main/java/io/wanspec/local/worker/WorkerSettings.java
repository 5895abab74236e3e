package io.wanspec.local.worker;

import java.net.URI;
import java.time.Duration;

/**
 * How a worker joins.
 *
 * @param api base of the API, which ends in {@code /v1}; https, unless it is this machine
 * @param token the secret that lets it in
 * @param draft the model server of this machine
 * @param slots sessions that it takes at once
 * @param drain how long it waits for its sessions when it is to end
 */
public record WorkerSettings(URI api, String token, URI draft, int slots, Duration drain) {
    public static final Duration DRAIN_DEFAULT = Duration.ofSeconds(30);

    public WorkerSettings {
        if (!JoinApi.isSafe(api)) {
            throw new IllegalArgumentException(
                    "the API's address must be https, or of this machine: a token leaves it encrypted only");
        }
        if (slots < 1 || slots > 64) {
            throw new IllegalArgumentException("a worker has 1 to 64 slots, not " + slots);
        }
    }

    /** The token is in no log. */
    @Override
    public String toString() {
        return "WorkerSettings[" + api + ", " + slots + " slots]";
    }
}
