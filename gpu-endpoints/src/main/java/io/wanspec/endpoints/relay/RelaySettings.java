package io.wanspec.endpoints.relay;

import java.time.Duration;

/**
 * Where a relay listens and what it bears.
 *
 * @param host address to bind
 * @param port to bind; 0 for any free one
 * @param sockets most connections at a time
 * @param helloMax how long a stream may say nothing before its first frame
 * @param beat between two questions to a worker whether it is there
 * @param absence after which a worker that answered none of them is given no session, and its streams are closed
 * @param answerMax how long a worker may take for its first frame in a session
 * @param httpIdle after which a connection without a request is closed
 * @param linkIdle after which a stream that hears nothing, not even a ping, is closed; SageMaker pings each minute
 * @param writeMax longest time that a peer may take to accept what was sent to it
 */
public record RelaySettings(
        String host,
        int port,
        int sockets,
        Duration helloMax,
        Duration beat,
        Duration absence,
        Duration answerMax,
        Duration httpIdle,
        Duration linkIdle,
        Duration writeMax) {
    static final int SOCKETS_DEFAULT = 2_048;

    public RelaySettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, was " + port);
        }
        if (sockets < 1) {
            throw new IllegalArgumentException("a relay bears at least one socket");
        }
    }

    public static RelaySettings of(String host, int port) {
        return new RelaySettings(
                host,
                port,
                SOCKETS_DEFAULT,
                Duration.ofSeconds(10),
                Duration.ofSeconds(5),
                Duration.ofSeconds(12),
                Duration.ofSeconds(5),
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofSeconds(30));
    }

    /** With other times, for tests that wait for them. */
    RelaySettings withTimes(Duration beat, Duration absence, Duration answerMax) {
        return new RelaySettings(host, port, sockets, helloMax, beat, absence, answerMax, httpIdle, linkIdle, writeMax);
    }
}
