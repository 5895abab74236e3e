package io.wanspec.emulator.sagemaker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class BackPressureTest {
    private static final int FRAME_BYTES = 64 * 1024;
    private static final long OFFERED_BYTES = 256L << 20;

    /** Windows, socket buffers and the SDK's own queue of 256 events; far below what is offered. */
    private static final long HELD_BYTES_MAX = 96L << 20;

    @Test
    void aContainerThatDoesNotReadStopsTheClient() throws Exception {
        try (var container = new TestContainer();
                var emulator = SageMakerEmulator.open(SageMakerSettings.onPort(0));
                var client = Clients.duplex(emulator.uri())) {
            emulator.endpoints().put("draft", container.uri());
            var stream = new Duplex(client, "draft");
            stream.text("deaf");
            AtomicLong sent = new AtomicLong();
            AtomicBoolean ended = new AtomicBoolean();
            Thread sender = Thread.ofVirtual().start(() -> {
                try {
                    while (sent.get() < OFFERED_BYTES) {
                        stream.send(new byte[FRAME_BYTES], "BINARY", "COMPLETE");
                        sent.addAndGet(FRAME_BYTES);
                    }
                } catch (AssertionError e) {
                    // The cancellation below takes the subscription away.
                    assertThat(ended).isTrue();
                }
            });
            awaitStandstill(sent);
            assertThat(sent).hasValueLessThan(HELD_BYTES_MAX);
            // Another stream of the same connection is not held up by it.
            var other = new Duplex(client, "draft");
            other.text("hello");
            assertThat(other.takeText()).isEqualTo("hello");
            ended.set(true);
            stream.done.cancel(true);
            sender.interrupt();
            sender.join();
        }
    }

    private static void awaitStandstill(AtomicLong sent) throws InterruptedException {
        long before;
        do {
            before = sent.get();
            Thread.sleep(500);
        } while (sent.get() > before || sent.get() == 0);
    }
}
