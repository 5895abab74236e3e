package io.wanspec.functions.link;

import java.time.Duration;
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

    private final SdkEventLoopGroup group = SdkEventLoopGroup.builder().build();

    SdkEventLoopGroup group() {
        return group;
    }

    /** Ends the threads once nobody has anything to do any more: the clients are closed by then. */
    @Override
    public void close() {
        group.eventLoopGroup()
                .shutdownGracefully(QUIET.toMillis(), CLOSE_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSE_WAIT_MAX.toMillis());
    }
}
