package io.wanspec.functions.flow;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Comments in silence, and only there. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
final class KeepAliveTest {
    private static final String COMMENT = ": keep-alive\n\n";

    private final KeepAlive keepAlive = new KeepAlive(Duration.ofMillis(20));
    private final BoundedPublisher<byte[]> events = new BoundedPublisher<>(8, () -> {});
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        keepAlive.close();
    }

    @Test
    void commentsComeBeforeTheFirstEventAndBetweenEvents() throws Exception {
        events.subscribe(new Reader(Long.MAX_VALUE));
        keepAlive.watch(events);
        assertThat(received.take()).isEqualTo(COMMENT);
        events.offer("data: 1\n\n".getBytes(StandardCharsets.UTF_8));
        while (!received.take().equals("data: 1\n\n")) {
            assertThat(received).allMatch(piece -> piece.equals(COMMENT) || piece.equals("data: 1\n\n"));
        }
        assertThat(received.take()).isEqualTo(COMMENT);
    }

    @Test
    void aClientThatReadsNothingIsSentOneCommentAtMost() throws Exception {
        var reader = new Reader(0);
        events.subscribe(reader);
        keepAlive.watch(events);
        Thread.sleep(200);
        for (int i = 0; i < 7; i++) {
            assertThat(events.offer("data: x\n\n".getBytes(StandardCharsets.UTF_8)))
                    .isTrue();
        }
    }

    @Test
    void nothingFollowsTheEnd() throws Exception {
        events.subscribe(new Reader(Long.MAX_VALUE));
        keepAlive.watch(events);
        assertThat(received.take()).isEqualTo(COMMENT);
        events.complete();
        received.clear();
        assertThat(received.poll(100, TimeUnit.MILLISECONDS)).isNull();
    }

    private final class Reader implements Subscriber<byte[]> {
        private final long wanted;

        Reader(long wanted) {
            this.wanted = wanted;
        }

        @Override
        public void onSubscribe(Subscription subscription) {
            if (wanted > 0) {
                subscription.request(wanted);
            }
        }

        @Override
        public void onNext(byte[] item) {
            received.add(new String(item, StandardCharsets.UTF_8));
        }

        @Override
        public void onError(Throwable thrown) {}

        @Override
        public void onComplete() {}
    }
}
