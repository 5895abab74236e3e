package io.wanspec.functions.link;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.nio.netty.SdkEventLoopGroup;

/**
 * The event-loop threads that all clients of a process share. A client with threads of its own would wait two seconds when it
 * is closed, and would start threads for a single call.
 */
final class ClientThreads implements AutoCloseable {
    private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(5);

    /** For what clients that are just closed tell one another across threads: calls that wait must hear of their end. */
    private static final Duration QUIET = Duration.ofMillis(50);

    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final SdkEventLoopGroup group =
            remembering(SdkEventLoopGroup.builder().build());

    private SdkEventLoopGroup remembering(SdkEventLoopGroup made) {
        return SdkEventLoopGroup.create(
                made.eventLoopGroup(), () -> remember(made.channelFactory().newChannel()));
    }

    private Channel remember(Channel made) {
        connections.removeIf(connection -> !connection.isOpen());
        connections.add(made);
        return made;
    }

    SdkEventLoopGroup group() {
        return group;
    }

    /**
     * To be called before the clients are closed. One that still has an idle connection closes it on a thread that may be the
     * connection's own, where it cannot wait for it: the SDK then gives up, 10 seconds later.
     */
    void hangUp() {
        connections.stream()
                .filter(Channel::isRegistered)
                .map(Channel::close)
                .toList()
                .forEach(closing -> closing.awaitUninterruptibly(CLOSE_WAIT_MAX.toMillis()));
    }

    /**
     * Ends the threads once nobody has anything to do any more: the clients are closed by then. What was just being connected for
     * them is closed first: otherwise it would be told to threads that have ended.
     */
    @Override
    public void close() {
        hangUp();
        group.eventLoopGroup()
                .shutdownGracefully(QUIET.toMillis(), CLOSE_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSE_WAIT_MAX.toMillis());
    }
}
