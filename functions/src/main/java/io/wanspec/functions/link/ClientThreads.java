package io.wanspec.functions.link;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

    /** Of telling and closing, each of which may lead to more of it. */
    private static final int ROUNDS_MAX = 32;

    private final Set<Channel> connections = ConcurrentHashMap.newKeySet();
    private final SdkEventLoopGroup group =
            remembering(SdkEventLoopGroup.builder().build());

    private final Duration closeWaitMax;

    ClientThreads() {
        this(CLOSE_WAIT_MAX);
    }

    /** @param closeWaitMax for all connections to close, and again for all threads to end */
    ClientThreads(Duration closeWaitMax) {
        this.closeWaitMax = closeWaitMax;
    }

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
     * connection's own, where it cannot wait for it: the SDK then gives up, 10 seconds later. However many there are, they are
     * waited for together. What threads are about to tell one another they tell first: a stream that has just been opened would hear
     * of its connection's end before there is anybody in it to hear it.
     */
    void hangUp() {
        long end = System.nanoTime() + closeWaitMax.toNanos();
        for (int i = 0; i < ROUNDS_MAX; i++) {
            letThemTalk(end);
            List<ChannelFuture> closing = connections.stream()
                    .filter(Channel::isRegistered)
                    .map(Channel::close)
                    .toList();
            closing.forEach(close -> close.awaitUninterruptibly(end - System.nanoTime(), TimeUnit.NANOSECONDS));
            connections.removeIf(connection -> !connection.isOpen());
            if (closing.isEmpty()) {
                return;
            }
        }
    }

    /** Until no thread has anything left that another one could wait for, twice in a row: the last word may be on its way in between. */
    private void letThemTalk(long end) {
        int quiet = 0;
        for (int i = 0; i < ROUNDS_MAX && quiet < 2 && System.nanoTime() - end < 0; i++) {
            List<Future<Integer>> left = new ArrayList<>();
            for (EventExecutor thread : group.eventLoopGroup()) {
                left.add(thread.submit(() -> thread instanceof SingleThreadEventExecutor one ? one.pendingTasks() : 0));
            }
            boolean isQuiet = true;
            for (Future<Integer> tasks : left) {
                boolean told = tasks.awaitUninterruptibly(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                isQuiet &= told && tasks.isSuccess() && tasks.getNow() == 0;
            }
            quiet = isQuiet ? quiet + 1 : 0;
        }
    }

    /**
     * Ends the threads once nobody has anything to do any more: the clients are closed by then. What was just being connected for
     * them is closed first, and what its end means to others is told: otherwise it would be told to threads that have ended.
     */
    @Override
    public void close() {
        hangUp();
        group.eventLoopGroup()
                .shutdownGracefully(QUIET.toMillis(), closeWaitMax.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(closeWaitMax.toMillis());
    }
}
