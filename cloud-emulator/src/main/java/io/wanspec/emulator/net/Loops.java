package io.wanspec.emulator.net;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A fixed, small number of event-loop threads (daemons); {@link #close} returns when they have ended. */
public final class Loops implements AutoCloseable {
    private static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(5);

    private final EventLoopGroup group;

    /**
     * @param name prefix of the threads' names
     * @param threads number of threads, at least 1; it does not grow with connections
     */
    public Loops(String name, int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1: " + threads);
        }
        this.group = new MultiThreadIoEventLoopGroup(
                threads, new DefaultThreadFactory(name, true), NioIoHandler.newFactory());
    }

    public EventLoopGroup group() {
        return group;
    }

    /** Ends the threads without a quiet period: whoever closes the loops has closed the channels first. */
    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)
                .awaitUninterruptibly(CLOSE_WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS);
    }
}
