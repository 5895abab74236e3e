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
 * @param streamAge after which a stream that serves no session is replaced by another one
 */
public record WorkerSettings(URI api, String token, URI draft, int slots, Duration drain, Duration streamAge) {
    public static final Duration DRAIN_DEFAULT = Duration.ofSeconds(30);

    /** SageMaker ends a stream after half an hour. */
    private static final Duration STREAM_AGE_DEFAULT = Duration.ofMinutes(20);

    public WorkerSettings {
        if (!JoinApi.isSafe(api)) {
            throw new IllegalArgumentException(
                    "the API's address must be https, or of this machine: a token leaves it encrypted only");
        }
        if (slots < 1 || slots > 64) {
            throw new IllegalArgumentException("a worker has 1 to 64 slots, not " + slots);
        }
    }

    public WorkerSettings(URI api, String token, URI draft, int slots, Duration drain) {
        this(api, token, draft, slots, drain, STREAM_AGE_DEFAULT);
    }

    /** With another age, for tests that wait for it. */
    public WorkerSettings withStreamAge(Duration age) {
        return new WorkerSettings(api, token, draft, slots, drain, age);
    }

    /** The token is in no log. */
    @Override
    public String toString() {
        return "WorkerSettings[" + api + ", " + slots + " slots]";
    }
}
