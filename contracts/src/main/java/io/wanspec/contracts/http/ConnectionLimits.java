package io.wanspec.contracts.http;

import java.time.Duration;

/**
 * What a server of HTTP/1.1 bears from clients that are slow, silent or many. None of it concerns the time that an answer takes.
 *
 * @param head from a request's first byte, or a connection's beginning, until all headers are there
 * @param body from the headers until the body is whole, beside the time that its bytes need at {@link #BODY_BYTES_PER_SECOND_MIN}
 * @param idle how long a connection is kept between an answer and the next request
 * @param connections that are open at once
 */
public record ConnectionLimits(Duration head, Duration body, Duration idle, int connections) {
    /** Slower than any line that a prompt of megabytes is sent over; the largest body has five minutes so. */
    public static final int BODY_BYTES_PER_SECOND_MIN = 16 * 1024;

    /** Longer than load balancers keep theirs (60 s), so that they do not send on a connection that is being closed. */
    public static final ConnectionLimits DEFAULT =
            new ConnectionLimits(Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofSeconds(75), 1_024);

    public ConnectionLimits {
        if (!head.isPositive() || !body.isPositive() || !idle.isPositive() || connections < 1) {
            throw new IllegalArgumentException(
                    "head-timeout, body-timeout, idle-timeout and max-connections must be positive");
        }
    }

    /** Beyond the bound so many are told why; those beyond them are closed at once. */
    public int refusedAtOnce() {
        return Math.max(1, connections / 8);
    }
}
