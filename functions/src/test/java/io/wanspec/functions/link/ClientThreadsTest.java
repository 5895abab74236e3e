package io.wanspec.functions.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.Channel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Ending while the threads are held up: one wait for all connections, not one for each. */
@Timeout(60)
final class ClientThreadsTest {
    /** With one wait after the other they would take three times as long as the test may. */
    private static final int CONNECTIONS = 200;

    @Test
    void connectionsThatDoNotCloseAreWaitedForTogether() {
        var released = new CountDownLatch(1);
        try (var threads = new ClientThreads(Duration.ofSeconds(1))) {
            List<Channel> connections = registered(threads);
            threads.group().eventLoopGroup().forEach(thread -> thread.execute(() -> await(released)));
            threads.hangUp();
            assertThat(connections).allMatch(Channel::isOpen);
            released.countDown();
            connections.forEach(connection -> connection.closeFuture().syncUninterruptibly());
        } finally {
            released.countDown();
        }
    }

    private static List<Channel> registered(ClientThreads threads) {
        var made = new ArrayList<Channel>();
        for (int i = 0; i < CONNECTIONS; i++) {
            Channel connection = threads.group().channelFactory().newChannel();
            threads.group().eventLoopGroup().register(connection).syncUninterruptibly();
            made.add(connection);
        }
        return made;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
