package io.wanspec.endpoints.server;

import io.wanspec.endpoints.compute.WaitingRoom;
import java.time.Duration;

/**
 * Where a server listens and what it bears.
 *
 * @param host address to bind
 * @param port to bind; 0 for any free one
 * @param role of its duplex streams
 * @param sockets most connections at a time
 * @param queuedJobs most sessions and requests that may have work at a time; more are refused as overload
 * @param httpIdle after which a connection without a request is closed
 * @param linkIdle after which a duplex stream that hears nothing, not even a ping, is closed; SageMaker pings each minute
 * @param linkLife after which a duplex stream is closed, however busy; SageMaker's own limit
 * @param callIdle after which a link that is made of single calls ends if it is not called
 * @param writeMax longest time that a peer may take to accept what was sent to it
 */
public record ServerSettings(
        String host,
        int port,
        Role role,
        int sockets,
        int queuedJobs,
        Duration httpIdle,
        Duration linkIdle,
        Duration linkLife,
        Duration callIdle,
        Duration writeMax) {
    /**
     * All that may hold a sequence (64 by default) or wait for one ({@link WaitingRoom#WAITING_MAX}): if so many have work at the same
     * time, one more could not even wait.
     */
    public static final int QUEUED_JOBS_DEFAULT = 64 + WaitingRoom.WAITING_MAX;

    /** So many more that whoever is one too many is told so, and health is heard of. */
    public static final int SOCKETS_DEFAULT = QUEUED_JOBS_DEFAULT + 64;

    public ServerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be 0 to 65535, was " + port);
        }
        if (sockets < 1 || queuedJobs < 1) {
            throw new IllegalArgumentException("a server bears at least one socket and one job");
        }
    }

    public static ServerSettings of(String host, int port, Role role) {
        return new ServerSettings(
                host,
                port,
                role,
                SOCKETS_DEFAULT,
                QUEUED_JOBS_DEFAULT,
                Duration.ofMinutes(1),
                Duration.ofMinutes(5),
                Duration.ofMinutes(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(30));
    }

    public ServerSettings withSockets(int sockets) {
        return new ServerSettings(
                host, port, role, sockets, queuedJobs, httpIdle, linkIdle, linkLife, callIdle, writeMax);
    }

    public ServerSettings withQueuedJobs(int queuedJobs) {
        return new ServerSettings(
                host, port, role, sockets, queuedJobs, httpIdle, linkIdle, linkLife, callIdle, writeMax);
    }

    public ServerSettings withLinkLife(Duration linkLife) {
        return new ServerSettings(
                host, port, role, sockets, queuedJobs, httpIdle, linkIdle, linkLife, callIdle, writeMax);
    }

    public ServerSettings withCallIdle(Duration callIdle) {
        return new ServerSettings(
                host, port, role, sockets, queuedJobs, httpIdle, linkIdle, linkLife, callIdle, writeMax);
    }
}
